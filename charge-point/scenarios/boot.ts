import type { Scenario } from './scenarios.js';

/** A charge point that is switched on and left alone. */
export const boot: Scenario = [{ do: 'boot', reason: 'PowerUp' }, { do: 'report' }, { do: 'heartbeats' }];
