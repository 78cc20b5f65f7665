import type { TestContext } from 'vitest';
import { type Faults, noFaults } from '../../local/faults.js';
import { type PlannedFaults, planNamed, plannedFaults } from '../../start/faults/plan.js';

let seed = '';
let planned: PlannedFaults | undefined;
let things = 0;

/** What went wrong on purpose, and what functions logged. */
let lines: string[] = [];

/** From now on deliveries are as after `npm start -- --deliveries <name>`, in every system of the tests. */
export function deliverAs(name: string): void {
  const plan = planNamed(name);
  if (!plan) throw new Error(`DELIVERIES=${name} is neither chaos:<seed> nor outages:<seed>.`);
  lines = [];
  things = 0;
  seed = plan.seed;
  planned = plannedFaults(plan, (line) => lines.push(line));
  planned.begin();
}

/**
 * Whatever may be told twice, late or in another order is, also where nobody asked for it: by a seed of the environment's.
 *
 * @returns what ends that, for the files that come after in this process
 */
export function deliverAtLeastOnce(): () => void {
  const asked = planned;
  if (!asked) deliverAs(`chaos:${process.env.SEED ?? 1}`);
  return () => {
    planned = asked;
  };
}

if (process.env.DELIVERIES) deliverAs(process.env.DELIVERIES);

/** None, unless they were asked for. */
export const faults: Faults = {
  strike: (...asked) => (planned ?? noFaults).strike(...asked),
  call: (...asked) => (planned ?? noFaults).call(...asked),
};

/** Whether anything may be told twice, and `$disconnect` never. */
export const isAtLeastOnce = (): boolean => planned !== undefined;

/** To be kept for tests that fail. */
export function onLog(functionName: string, line: string): void {
  if (planned) lines.push(`${functionName}: ${line}`);
}

/** Before each test: should it fail, what went wrong on purpose meanwhile is told. */
export function tellOnFailure({ onTestFailed }: TestContext): void {
  const before = lines.length;
  onTestFailed(() => {
    if (planned) console.error(lines.slice(before).join('\n'));
  });
}

/** Whether API Gateway told nobody that a connection of the charge point closed. */
export const isDisconnectLost = (identity: string): true | undefined =>
  lines.some((line) => line.startsWith(`$disconnect withheld: ${identity} `)) || undefined;

/** A name that no other test's thing has; under a seed always the same. */
export const newThing = (): string => `CP${seed && `${seed}-`}${++things}`;
