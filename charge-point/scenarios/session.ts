import type { Scenario } from './scenarios.js';

/** A car that is charged for a minute: 183 Wh. */
export const session: Scenario = [
  { do: 'boot', reason: 'PowerUp' },
  { do: 'report' },
  { do: 'plug' },
  { do: 'report session' },
  { do: 'present' },
  { do: 'report session' },
  { do: 'charge', watts: 11_000, seconds: 60, sampleEvery: 15 },
  { do: 'end', reason: 'Local' },
  { do: 'report session' },
  { do: 'unplug' },
  { do: 'report session' },
];
