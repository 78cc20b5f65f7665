import { describe, expect, it } from 'vitest';
import { type Sent, sampledValue } from './sampled-value.js';

const nothingElse = {
  measurand: undefined,
  context: undefined,
  location: undefined,
  phase: undefined,
  unit: undefined,
};
const sampled = (sent: Partial<Sent> & { value: Sent['value'] }) => sampledValue({ ...nothingElse, ...sent });

describe('J/7.31 what is left out', () => {
  it('is periodic, at the outlet, of the energy register, in Wh', () => {
    expect(sampled({ value: '8200' })).toEqual({
      measurand: 'Energy.Active.Import.Register',
      context: 'Sample.Periodic',
      location: 'Outlet',
      value: 8_200,
      unit: 'Wh',
    });
  });

  it.each(['Energy.Active.Export.Register', 'Energy.Reactive.Import.Interval'])('is Wh for %s too', (measurand) => {
    expect(sampled({ value: 1, measurand })).toMatchObject({ measurand, unit: 'Wh' });
  });

  it.each(['Power.Active.Import', 'SoC', 'Voltage', 'Current.Import'])('is no unit for %s', (measurand) => {
    expect(sampled({ value: 1, measurand })).not.toHaveProperty('unit');
  });

  it('and what is said is kept', () => {
    const sent = { measurand: 'Voltage', context: 'Sample.Clock', location: 'Inlet', phase: 'L1-N', unit: 'V' };
    expect(sampled({ value: '230.1', ...sent })).toEqual({ ...sent, value: 230.1 });
  });
});

describe('a unit', () => {
  it.each([
    ['kWh', 'Wh', 1_500],
    ['Wh', 'Wh', 1.5],
    ['kW', 'W', 1_500],
    ['W', 'W', 1.5],
    ['kvarh', 'varh', 1_500],
    ['varh', 'varh', 1.5],
    ['kvar', 'var', 1_500],
    ['var', 'var', 1.5],
    ['kVA', 'VA', 1_500],
    ['VA', 'VA', 1.5],
    ['kVAh', 'VAh', 1_500],
    ['kV', 'V', 1_500],
    ['V', 'V', 1.5],
    ['A', 'A', 1.5],
    ['K', 'K', 1.5],
    ['Percent', 'Percent', 1.5],
    ['Celsius', 'Celsius', 1.5],
    ['Celcius', 'Celsius', 1.5],
    ['Fahrenheit', 'Fahrenheit', 1.5],
    ['Hertz', 'Hertz', 1.5],
    ['RPM', 'RPM', 1.5],
  ])('1.5 %s is in %s', (unit, expected, value) => {
    expect(sampled({ value: '1.5', unit })).toMatchObject({ unit: expected, value });
  });

  it.each(['KWH', 'kwh', 'KWh', 'Kwh'])('is known in whatever capitals: %s', (unit) => {
    expect(sampled({ value: 8.2, unit })).toMatchObject({ unit: 'Wh', value: 8_200 });
  });

  it.each(['MWh', 'kg', 'foo', 'k'])('that is not OCPP’s is kept as it came: %s', (unit) => {
    expect(sampled({ value: 8.2, unit })).toMatchObject({ unit, value: 8.2 });
  });

  it.each([
    [3, 8_200],
    [-1, 0.82],
    [0, 8.2],
  ])('2.x: a multiplier of %d is resolved', (multiplier, value) => {
    expect(sampled({ value: 8.2, unit: 'Wh', multiplier })).toMatchObject({ unit: 'Wh', value });
  });

  it('2.x: a multiplier counts beside a prefix', () => {
    expect(sampled({ value: 82, unit: 'kWh', multiplier: -1 })).toMatchObject({ unit: 'Wh', value: 8_200 });
  });
});

describe('a number of 1.6 is text', () => {
  it.each([
    ['8200', 8_200],
    ['8200.50', 8_200.5],
    ['8200,5', 8_200.5],
    [' 12 ', 12],
    ['-3', -3],
    ['+3', 3],
    ['.5', 0.5],
    ['0', 0],
    ['1e3', 1_000],
  ])('%j is %d', (value, expected) => {
    expect(sampled({ value })).toMatchObject({ value: expected });
    expect(sampled({ value })).not.toHaveProperty('text');
  });

  it.each([
    '',
    'n/a',
    'NaN',
    'Infinity',
    '1.234,5',
    '1,234,567',
    '0x1F',
    '0b11',
    '12 kWh',
    '1e400',
    '9007199254740993',
  ])('%j is none, and kept as it came', (value) => {
    const found = sampled({ value, unit: 'kWh' });
    expect(found).toMatchObject({ text: value, unit: 'kWh' });
    expect(found).not.toHaveProperty('value');
  });
});

it.each([
  [1e300, 0],
  [1, 400],
  [1e-200, 0],
  [-1e16, 0],
])('%d × 10^%d, which no meter shows, is kept as text', (value, multiplier) => {
  const found = sampled({ value, multiplier });
  expect(found).toMatchObject({ text: String(value) });
  expect(found).not.toHaveProperty('value');
});

describe('a signed value', () => {
  it('is kept byte for byte, without a number where there is none', () => {
    const signed = { signedMeterData: 'OCMF|{"RV":1,20}|é\u0000' };
    expect(sampled({ value: '', signed })).toEqual({
      ...{ measurand: 'Energy.Active.Import.Register', context: 'Sample.Periodic', location: 'Outlet' },
      ...{ unit: 'Wh', signed },
    });
  });

  it('2.x: has its number beside it', () => {
    const signed = { signedMeterData: 'AA==', encodingMethod: 'OCMF' };
    expect(sampled({ value: 8.2, unit: 'kWh', signed })).toMatchObject({ value: 8_200, signed });
  });
});
