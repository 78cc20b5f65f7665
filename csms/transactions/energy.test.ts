import { describe, expect, it } from 'vitest';
import { energyBetween, first, last, type TransactionRegister } from './energy.js';

const at = (minute: number) => `2026-01-02T03:${String(minute).padStart(2, '0')}:00.000Z`;
const register = (
  minute: number,
  wh: number,
  context = 'Sample.Periodic',
  of?: TransactionRegister['of'],
): TransactionRegister => ({ ...{ at: at(minute), wh, context }, ...(of && { of }) });

describe('the register that a transaction began with', () => {
  it('is the first', () => {
    expect(first([register(2, 20), register(1, 10), undefined])).toEqual(register(1, 10));
  });

  it('is the one read for that, though another was read before', () => {
    expect(first([register(1, 10), register(2, 11, 'Transaction.Begin')])?.wh).toBe(11);
  });

  it('1.6: is meterStart, though a value says otherwise: one in kWh without a unit made 0.083 kWh 910', () => {
    expect(first([register(1, 910, 'Transaction.Begin'), register(1, 910_000, 'meterStart')])?.wh).toBe(910_000);
  });

  it('is never the one that was read for its end', () => {
    expect(first([register(1, 10, 'Transaction.End'), register(1, 10, 'meterStop')])).toBeUndefined();
  });

  it('is the one read as it started, though another of a clock that is wrong was read before', () => {
    const read = register(2, 10, 'Sample.Periodic', 'started');
    expect(first([register(1, 20), read])).toEqual(read);
    const begun = register(2, 10, 'Transaction.Begin', 'started');
    expect(first([register(1, 20, 'Transaction.Begin'), begun])).toEqual(begun);
    expect(first([read, register(3, 11, 'Transaction.Begin')])?.wh).toBe(11);
  });

  it('is the lower of two of the same time', () => {
    expect([first([register(1, 10), register(1, 9)])?.wh, first([register(1, 9), register(1, 10)])?.wh]).toEqual([
      9, 9,
    ]);
  });
});

describe('the register that it ended with', () => {
  it('is the last', () => {
    expect(last([register(1, 10), register(2, 20), undefined])).toEqual(register(2, 20));
  });

  it('is the one read for that, though another was read after', () => {
    expect(last([register(2, 20, 'Transaction.End'), register(3, 21, 'Sample.Clock')])?.wh).toBe(20);
  });

  it('1.6: is meterStop, though a value says otherwise', () => {
    expect(last([register(2, 8, 'Transaction.End'), register(2, 8_200, 'meterStop')])?.wh).toBe(8_200);
  });

  it('is never the one that was read for its begin', () => {
    expect(last([register(1, 10, 'Transaction.Begin'), register(1, 10, 'meterStart')])).toBeUndefined();
  });

  it('is the one read as it ended, though another of a clock that is wrong was read after', () => {
    const read = register(2, 20, 'Sample.Periodic', 'ended');
    expect(last([register(3, 10), read])).toEqual(read);
  });

  it('is the higher of two of the same time', () => {
    expect([last([register(1, 10), register(1, 9)])?.wh, last([register(1, 9), register(1, 10)])?.wh]).toEqual([
      10, 10,
    ]);
  });
});

describe('the energy between two registers', () => {
  it('is their difference, without the dust of binary fractions', () => {
    expect(energyBetween(register(1, 1_000.1), register(2, 1_000.4))).toBe(0.3);
    expect(energyBetween(register(1, 910_000), register(2, 910_083))).toBe(83);
    expect(energyBetween(register(1, 5), register(2, 5))).toBe(0);
  });

  it('is not known when one is missing: a transaction whose begin nobody told has not charged all that the meter shows', () => {
    expect(energyBetween(undefined, register(2, 910_083))).toBeUndefined();
    expect(energyBetween(register(1, 910_000), undefined)).toBeUndefined();
  });

  it('is not known when the meter ran backwards', () => {
    expect(energyBetween(register(1, 910_000), register(2, 83))).toBeUndefined();
  });
});
