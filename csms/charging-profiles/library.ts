import type { Clock } from '../clock.js';
import type { Inventory } from '../inventory/ports.js';

/**
 * A charging profile that the operator made for any charge point, of any version: in the words of 2.x, and no more than all
 * versions know. Times are ISO 8601.
 */
export interface NamedProfile {
  /** At most 900 bytes. */
  name: string;
  purpose: 'ChargingStationMaxProfile' | 'TxDefaultProfile' | 'TxProfile';
  kind: 'Absolute' | 'Recurring' | 'Relative';
  /** Of one that recurs. */
  recurrency?: 'Daily' | 'Weekly';
  /** Of several the highest counts; 0 is the lowest. */
  stackLevel: number;
  validFrom?: string;
  validTo?: string;
  schedule: {
    /** Of one that is absolute or recurs. */
    start?: string;
    /** Seconds; without it, its last period has no end. */
    duration?: number;
    /** Ampere or Watt. */
    unit: 'A' | 'W';
    /** Below it charging is better stopped. */
    minRate?: number;
    /** `start` in seconds from the schedule's, `limit` in its unit. */
    periods: { start: number; limit: number; phases?: number }[];
  };
}

/** For which charge point, EVSE and transaction a payload is made of it. */
export interface Use {
  /** The profile's number, unless that is still to be given: see [complete.ts](../commands/complete.ts). */
  id?: number;
  /** 1.6: the connector. 0: the charge point as a whole, or all its EVSEs. */
  evseId: number;
  /** Of a TxProfile. */
  transactionId?: string;
}

interface Ports {
  inventory: Inventory;
  clock: Clock;
}

/** No charge point has this name: a thing's has no `#`. */
const stage = '#stage';

/** What cannot be meant, as one sentence; undefined when nothing is wrong. */
export function faultOf({ kind, recurrency, purpose, validFrom, validTo, schedule }: NamedProfile): string | undefined {
  const starts = schedule.periods.map(({ start }) => start);
  if (starts[0] !== 0) return 'The first period of a schedule starts at 0.';
  if (starts.some((start, i) => i > 0 && start <= (starts[i - 1] ?? 0)))
    return 'Periods are in the order of their start.';
  if ((kind === 'Recurring') !== (recurrency !== undefined))
    return 'A profile has a recurrency when it recurs, only then.';
  if ((kind === 'Relative') === (schedule.start !== undefined)) return 'A schedule has a start unless it is relative.';
  if (kind === 'Relative' && purpose === 'ChargingStationMaxProfile') return 'What is for all is relative to nothing.';
  if (validFrom && validTo && Date.parse(validTo) <= Date.parse(validFrom)) return 'A profile ends after it begins.';
  return undefined;
}

/** @throws {RangeError} for one that cannot be meant */
export async function saveProfile(profile: NamedProfile, { inventory, clock }: Ports): Promise<void> {
  const fault = faultOf(profile);
  if (fault) throw new RangeError(fault);
  const { name: key, ...detail } = profile;
  await inventory.put({ chargePointId: stage, kind: 'named-profile', key, at: clock.now(), detail });
}

/** Charge points that have it keep it. */
export async function deleteProfile(name: string, { inventory, clock }: Ports): Promise<void> {
  await inventory.remove(stage, 'named-profile', name, clock.now());
}

export async function profileNamed(
  name: string,
  { inventory }: Pick<Ports, 'inventory'>,
): Promise<NamedProfile | undefined> {
  const found = await inventory.find(stage, 'named-profile', name);
  return found && ({ name, ...found.detail } as NamedProfile);
}

/** All that there are, by name. */
export async function namedProfiles({ inventory }: Pick<Ports, 'inventory'>): Promise<NamedProfile[]> {
  const found = await inventory.list(stage, 'named-profile');
  return found.map(({ key, detail }) => ({ name: key, ...detail }) as NamedProfile);
}
