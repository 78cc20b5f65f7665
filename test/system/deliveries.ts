import { type Faults, type PlannedFaults, planNamed, plannedFaults } from '../../local/faults.js';

let seed = '';
let planned: PlannedFaults | undefined;
let things = 0;

/** What went wrong on purpose, in lines. */
export let struck: string[] = [];

/** From now on deliveries are as after `npm start -- --deliveries <name>`, in every system of the tests. */
export function deliverAs(name: string): void {
  const plan = planNamed(name);
  if (!plan) throw new Error(`DELIVERIES=${name} is neither chaos:<seed> nor outages:<seed>.`);
  struck = [];
  things = 0;
  seed = plan.seed;
  planned = plannedFaults(plan, (line) => struck.push(line));
  planned.begin();
}

if (process.env.DELIVERIES) deliverAs(process.env.DELIVERIES);

/** None, unless they were asked for. */
export const faults: Faults = { strike: (among, target, text) => planned?.strike(among, target, text) };

/** Whether anything may be told twice, and `$disconnect` never. */
export const isAtLeastOnce = (): boolean => planned !== undefined;

/** Whether API Gateway told nobody that a connection of the charge point closed. */
export const isDisconnectLost = (identity: string): true | undefined =>
  struck.some((line) => line.startsWith(`$disconnect withheld: ${identity} `)) || undefined;

/** A name that no other test's thing has; under a seed always the same. */
export const newThing = (): string => `CP${seed && `${seed}-`}${++things}`;
