import type { Scenario } from './scenarios.js';

/** A car that is charged until the lights go out. */
export const powerLoss: Scenario = [
  { do: 'boot', reason: 'PowerUp' },
  { do: 'report' },
  { do: 'plug' },
  { do: 'report session' },
  { do: 'present' },
  { do: 'report session' },
  { do: 'charge', watts: 11_000, seconds: 30, sampleEvery: 15 },
  { do: 'lose power', seconds: 20 },
  { do: 'boot', reason: 'PowerUp' },
  { do: 'end', reason: 'PowerLoss' },
  { do: 'report session' },
  { do: 'unplug' },
  { do: 'report' },
];
