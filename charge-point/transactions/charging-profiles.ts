import type { Run } from '../steps/step.js';

/** What the CSMS lets a car draw, as far as this charge point goes by it. */
export interface ChargingProfile {
  id: number;
  purpose: string;
  stackLevel: number;
  /** The first period's. */
  watts: number;
}

/** A profile as any version spells it. */
export interface ToldProfile {
  id?: number;
  chargingProfileId?: number;
  chargingProfilePurpose: string;
  stackLevel: number;
  chargingSchedule: Schedule | [Schedule, ...Schedule[]];
}

interface Schedule {
  chargingRateUnit: 'W' | 'A';
  chargingSchedulePeriod: [Period, ...Period[]];
}

interface Period {
  limit?: number;
  numberPhases?: number;
}

const volts = 230;

/** K01: it takes the place of another of its kind on its level. */
export function keepProfile(told: ToldProfile, { chargingProfiles }: Run): void {
  const { chargingProfilePurpose: purpose, stackLevel } = told;
  const schedule = Array.isArray(told.chargingSchedule) ? told.chargingSchedule[0] : told.chargingSchedule;
  const id = told.id ?? told.chargingProfileId ?? 0;
  dropProfiles((one) => one.id === id || (one.purpose === purpose && one.stackLevel === stackLevel), chargingProfiles);
  chargingProfiles.push({ id, purpose, stackLevel, watts: wattsOf(schedule) });
}

/** False when there was none. */
export function dropProfiles(isMeant: (one: ChargingProfile) => boolean, profiles: ChargingProfile[]): boolean {
  const left = profiles.filter((one) => !isMeant(one));
  const wereThere = left.length < profiles.length;
  profiles.splice(0, profiles.length, ...left);
  return wereThere;
}

/** K01: the profile of the transaction goes before the default ones, and a limit of the charge point holds in any case. */
export function limited(watts: number, { chargingProfiles }: Run): number {
  const limitOf = (pattern: RegExp) =>
    chargingProfiles
      .filter(({ purpose }) => pattern.test(purpose))
      .sort((a, b) => b.stackLevel - a.stackLevel)
      .at(0)?.watts;
  const ofTransaction = limitOf(/^TxProfile$/) ?? limitOf(/^TxDefaultProfile$/) ?? watts;
  return Math.min(watts, ofTransaction, limitOf(/MaxProfile$/) ?? watts);
}

function wattsOf({ chargingRateUnit, chargingSchedulePeriod: [{ limit, numberPhases = 3 }] }: Schedule): number {
  if (limit === undefined) return Number.POSITIVE_INFINITY;
  return chargingRateUnit === 'W' ? limit : limit * volts * numberPhases;
}
