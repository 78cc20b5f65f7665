import type { Step } from '../steps/step.js';
import { boot } from './boot.js';
import { offlineReplay } from './offline-replay.js';
import { powerLoss } from './power-loss.js';
import { session } from './session.js';

/** What a charge point does, in order. A new scenario is a file beside this one and a name below. */
export type Scenario = readonly Step[];

export const scenarios = {
  boot,
  session,
  'offline-replay': offlineReplay,
  'power-loss': powerLoss,
} satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;
