import type { Scenario } from './scenarios.js';

/** A car that is charged for a minute: 183 Wh. */
export const session: Scenario = [
  { do: 'boot', reason: 'PowerUp' },
  { do: 'report', status: 'Available' },
  { do: 'plug' },
  { do: 'report', status: 'Preparing', of: 'session' },
  { do: 'present' },
  { do: 'report', status: 'Charging', of: 'session' },
  { do: 'charge', watts: 11_000, seconds: 60, sampleEvery: 15 },
  { do: 'present' },
  { do: 'report', status: 'Finishing', of: 'session' },
  { do: 'unplug' },
  { do: 'report', status: 'Available', of: 'session' },
];
