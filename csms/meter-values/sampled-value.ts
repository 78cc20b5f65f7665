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
  const read = typeof value === 'number' ? value : numberOf(value);
  const number = read === undefined ? undefined : exact(scale(read, exponent + multiplier));
  return {
    measurand,
    context: sent.context ?? 'Sample.Periodic',
    location: sent.location ?? 'Outlet',
    ...(phase && { phase }),
    ...(number === undefined ? inWords(value, sent.unit ?? unit, signed) : { value: number, ...(unit && { unit }) }),
    ...(signed && { signed }),
  };
}

/** What is no number is kept as it came, with the unit as it came. What is only signed says everything itself. */
function inWords(value: number | string, unit: string | undefined, signed: SampledValue['signed']) {
  return { ...(!signed && { text: String(value) }), ...(unit && { unit }) };
}

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i;

/** 1.6 sends numbers as text, some charge points with a comma. Hexadecimal text is none, whatever JavaScript makes of it. */
function numberOf(text: string): number | undefined {
  const number = text.trim().replace(',', '.');
  return decimal.test(number) ? Number(number) : undefined;
}

/** No meter shows more than this, nor less but for nothing at all; and no store keeps it. */
function exact(number: number): number | undefined {
  const size = Math.abs(number);
  return size === 0 || (size >= 1e-100 && size <= Number.MAX_SAFE_INTEGER) ? number : undefined;
}

const units = ['Wh', 'W', 'VAh', 'VA', 'varh', 'var', 'V'];

/**
 * What OCPP measures in thousands: `kWh`, `kW`, `kvarh`, … 2.x has no list of units that a charge point must keep to, so
 * that capitals don't count. 1.6 has a misspelled Celsius among its units.
 */
function baseUnit(sent: string | undefined): { unit: string | undefined; exponent: number } {
  if (sent === 'Celcius') return { unit: 'Celsius', exponent: 0 };
  const text = sent?.toLowerCase();
  const unit = units.find((unit) => text === unit.toLowerCase() || text === `k${unit.toLowerCase()}`);
  return unit ? { unit, exponent: text === unit.toLowerCase() ? 0 : 3 } : { unit: sent, exponent: 0 };
}
