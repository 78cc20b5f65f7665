import type { Step } from '../steps/step.js';
import { boot } from './boot.js';

/** What a charge point does, in order. A new scenario is a file beside this one and a name below. */
export type Scenario = readonly Step[];

export const scenarios = { boot } satisfies Record<string, Scenario>;
