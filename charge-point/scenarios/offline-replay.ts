import type { Scenario } from './scenarios.js';

/** A car that is charged while nobody can be asked or told: everything is told afterwards. */
export const offlineReplay: Scenario = [
  { do: 'boot', reason: 'PowerUp' },
  { do: 'report' },
  { do: 'go offline' },
  { do: 'present' },
  { do: 'plug' },
  { do: 'charge', watts: 11_000, seconds: 60, sampleEvery: 15 },
  { do: 'end', reason: 'Local' },
  { do: 'unplug' },
  { do: 'go online' },
];
