import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { naturalId, startKey } from './natural-id.js';

const start = { connectorId: 1, idTag: '04A2B3', meterStart: 1_000, at: new Date('2026-01-02T03:00:00Z') };

describe('4.8 the id of a transaction of 1.6', () => {
  it('has 31 bits and is above 0, whatever the start', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.nat(10), (chargePointId, key, attempt) => {
        const id = naturalId(chargePointId, key, attempt);
        expect(Number.isInteger(id) && id > 0 && id < 2 ** 31).toBe(true);
      }),
    );
  });

  it('is the same for the same start', () => {
    expect(naturalId('CP1', startKey(start), 0)).toBe(naturalId('CP1', startKey({ ...start }), 0));
  });

  it.each([
    ['connector', { connectorId: 2 }],
    ['token', { idTag: '04A2B4' }],
    ['register', { meterStart: 1_001 }],
    ['time', { at: new Date('2026-01-02T03:00:01Z') }],
  ])('is another for another %s', (_what, change) => {
    const other = startKey({ ...start, ...change });
    expect(other).not.toBe(startKey(start));
    expect(naturalId('CP1', other, 0)).not.toBe(naturalId('CP1', startKey(start), 0));
  });

  it('is another at another charge point, and at the next attempt', () => {
    const ids = [naturalId('CP1', 'k', 0), naturalId('CP2', 'k', 0), naturalId('CP1', 'k', 1)];
    expect(new Set(ids).size).toBe(3);
  });
});
