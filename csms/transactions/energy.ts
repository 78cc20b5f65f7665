import type { Register } from '../meter-values/registers.js';
import { scale } from '../meter-values/scale.js';

/** The register that a transaction began with: the one read for that, or else the first. */
export function first(registers: readonly (Register | undefined)[]): Register | undefined {
  return best(
    registers,
    'Transaction.Begin',
    'Transaction.End',
    (a, b) => a.at < b.at || (a.at === b.at && a.wh < b.wh),
  );
}

/** The register that it ended with, or the last that is known. */
export function last(registers: readonly (Register | undefined)[]): Register | undefined {
  return best(
    registers,
    'Transaction.End',
    'Transaction.Begin',
    (a, b) => a.at > b.at || (a.at === b.at && a.wh > b.wh),
  );
}

/** @returns Wh; undefined where one is missing, and where the meter ran backwards, as a new one does */
export function energyBetween(begin: Register | undefined, end: Register | undefined): number | undefined {
  if (!begin || !end) return undefined;
  const energy = scale(Math.round(scale(end.wh - begin.wh, 3)), -3);
  return energy < 0 ? undefined : energy;
}

function best(
  registers: readonly (Register | undefined)[],
  wanted: string,
  excluded: string,
  isBetter: (a: Register, b: Register) => boolean,
): Register | undefined {
  const possible = registers.filter((one) => one !== undefined).filter(({ context }) => context !== excluded);
  const own = possible.filter(({ context }) => context === wanted);
  return (own.length > 0 ? own : possible).reduce<Register | undefined>(
    (found, one) => (found && !isBetter(one, found) ? found : one),
    undefined,
  );
}
