import type { MeterValue } from '../csms/meter-values/ports.js';
import type { Register } from '../csms/meter-values/registers.js';
import type { Transaction } from '../csms/transactions/ports.js';

interface Series {
  measurand: string;
  points: { at: string; value: number; context: string }[];
}

/** The numbers of meter values, a series for each measurand, phase, location and unit. @param measurand only those of it */
export function seriesOf(meterValues: readonly MeterValue[], measurand: string | undefined): Series[] {
  const series = new Map<string, Series>();
  for (const { at, sampledValues } of meterValues) {
    for (const { value, context, measurand: of, phase, location, unit } of sampledValues) {
      if (value === undefined || (measurand !== undefined && of !== measurand)) continue;
      const about = { measurand: of, ...(phase && { phase }), location, unit };
      const key = JSON.stringify(about);
      const one = series.get(key) ?? { ...about, points: [] };
      one.points.push({ at, value, context });
      series.set(key, one);
    }
  }
  return [...series.values()];
}

/**
 * 1.6 has the registers that a transaction begins and ends with in its messages, and not in meter values: they stand before
 * the first of these, and after the last.
 */
export function withRegisters(
  { begin, end }: Pick<Transaction, 'begin' | 'end'>,
  meterValues: readonly MeterValue[],
  is: { begin: boolean; end: boolean },
): MeterValue[] {
  const first = is.begin && begin?.context === 'meterStart' ? [valueOf(begin)] : [];
  const last = is.end && end?.context === 'meterStop' ? [valueOf(end)] : [];
  return [...first, ...meterValues, ...last];
}

function valueOf({ at, wh, context }: Register): MeterValue {
  const about = { measurand: 'Energy.Active.Import.Register', location: 'Outlet', unit: 'Wh' };
  return { at, sampledValues: [{ ...about, context, value: wh }] };
}
