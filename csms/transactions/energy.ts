import type { Register } from '../meter-values/registers.js';
import { scale } from '../meter-values/scale.js';

/** Why a register is read when a transaction begins and ends: what 1.6 says in the message itself counts before all values. */
const begins = ['meterStart', 'Transaction.Begin'];
const ends = ['meterStop', 'Transaction.End'];

/** The register that a transaction began with: the one read for that, or else the first. */
export function first(registers: readonly (Register | undefined)[]): Register | undefined {
  return best(registers, begins, ends, (a, b) => a.at < b.at || (a.at === b.at && a.wh < b.wh));
}

/** The register that it ended with, or the last that is known. */
export function last(registers: readonly (Register | undefined)[]): Register | undefined {
  return best(registers, ends, begins, (a, b) => a.at > b.at || (a.at === b.at && a.wh > b.wh));
}

/** @returns Wh; undefined where one is missing, and where the meter ran backwards, as a new one does */
export function energyBetween(begin: Register | undefined, end: Register | undefined): number | undefined {
  if (!begin || !end) return undefined;
  const energy = scale(Math.round(scale(end.wh - begin.wh, 3)), -3);
  return energy < 0 ? undefined : energy;
}

function best(
  registers: readonly (Register | undefined)[],
  wanted: string[],
  excluded: string[],
  isBetter: (a: Register, b: Register) => boolean,
): Register | undefined {
  const possible = registers.filter((one) => one !== undefined).filter(({ context }) => !excluded.includes(context));
  const own = wanted.find((one) => possible.some(({ context }) => context === one));
  return possible
    .filter(({ context }) => own === undefined || context === own)
    .reduce<Register | undefined>((found, one) => (found && !isBetter(one, found) ? found : one), undefined);
}
