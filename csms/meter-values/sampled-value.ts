import type { SampledValue } from './ports.js';
import { scale } from './scale.js';

/** A sampled value as a charge point sends it, in either version's words. */
export interface Sent {
  /** A number, or the text of one; anything else is kept as it is. */
  value: number | string;
  measurand: string | undefined;
  context: string | undefined;
  location: string | undefined;
  phase: string | undefined;
  unit: string | undefined;
  /** Power of ten; 2.x only. */
  multiplier?: number | undefined;
  signed?: SampledValue['signed'];
}

/** J/7.31: what a sender leaves out has a default, the same in all versions; a unit has one for energy only. */
export function sampledValue({ value, multiplier = 0, signed, phase, ...sent }: Sent): SampledValue {
  const measurand = sent.measurand ?? 'Energy.Active.Import.Register';
  const { unit, exponent } = baseUnit(sent.unit ?? (measurand.startsWith('Energy') ? 'Wh' : undefined));
  const number = typeof value === 'number' ? value : numberOf(value);
  return {
    measurand,
    context: sent.context ?? 'Sample.Periodic',
    location: sent.location ?? 'Outlet',
    ...(phase && { phase }),
    ...(number === undefined ? !signed && { text: String(value) } : { value: scale(number, exponent + multiplier) }),
    ...(unit && { unit }),
    ...(signed && { signed }),
  };
}

/** 1.6 sends numbers as text, some charge points with a comma. */
function numberOf(text: string): number | undefined {
  const number = Number(text.trim().replace(',', '.') || Number.NaN);
  return Number.isFinite(number) ? number : undefined;
}

/** What OCPP measures in thousands: `kWh`, `kW`, `kvarh`, … 1.6 has a misspelled Celsius among its units. */
function baseUnit(unit: string | undefined): { unit: string | undefined; exponent: number } {
  if (unit === 'Celcius') return { unit: 'Celsius', exponent: 0 };
  return unit && /^k(?=[WVv])/.test(unit) ? { unit: unit.slice(1), exponent: 3 } : { unit, exponent: 0 };
}
