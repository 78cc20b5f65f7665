import { describe, expect, it } from 'vitest';
import type { SampledValue } from './ports.js';
import { registersOf } from './registers.js';

const at = '2026-01-02T03:00:00.000Z';
const register: SampledValue = {
  ...{ measurand: 'Energy.Active.Import.Register', context: 'Sample.Periodic', location: 'Outlet', unit: 'Wh' },
};
const of = (...values: Partial<SampledValue>[]) =>
  registersOf([{ at, sampledValues: values.map((value) => ({ ...register, ...value })) }]).map(({ wh }) => wh);

describe('what the register of the energy to the car showed', () => {
  it('is one for each time and context', () => {
    const values = [
      { ...register, context: 'Sample.Clock', value: 10 },
      { ...register, value: 11 },
    ];
    expect(registersOf([{ at, sampledValues: values }])).toEqual([
      { at, wh: 10, context: 'Sample.Clock' },
      { at, wh: 11, context: 'Sample.Periodic' },
    ]);
  });

  it('is the sum of the phases where only these are told', () => {
    expect(of({ phase: 'L1', value: 1 }, { phase: 'L2', value: 2 }, { phase: 'L3', value: 4 })).toEqual([7]);
    expect(of({ phase: 'L1-N', value: 1 }, { phase: 'L2-N', value: 2 }, { phase: 'L3-N', value: 4 })).toEqual([7]);
    expect(of({ phase: 'L1', value: 1 })).toEqual([1]);
  });

  it('is the total rather than the phases', () => {
    expect(of({ phase: 'L1', value: 1 }, { value: 9 }, { phase: 'L2', value: 2 })).toEqual([9]);
  });

  it('is the number beside a signature', () => {
    expect(of({ value: 5, signed: { signedMeterData: 'AA' } })).toEqual([5]);
  });

  it.each<[string, Partial<SampledValue>]>([
    ['signed only', { signed: { signedMeterData: 'AA' } }],
    ['text', { text: 'n/a' }],
    ['exported', { measurand: 'Energy.Active.Export.Register', value: 1 }],
    ['of an interval', { measurand: 'Energy.Active.Import.Interval', value: 1 }],
    ['reactive', { measurand: 'Energy.Reactive.Import.Register', value: 1 }],
    ['power', { measurand: 'Power.Active.Import', value: 1 }],
    ['at the inlet', { location: 'Inlet', value: 1 }],
    ['in the car', { location: 'EV', value: 1 }],
    ['in an unknown unit', { unit: 'MWh', value: 1 }],
    ['between two phases', { phase: 'L1-L2', value: 1 }],
    ['of the neutral conductor', { phase: 'N', value: 1 }],
  ])('is not what is %s', (_what, value) => {
    expect(of(value)).toEqual([]);
  });
});
