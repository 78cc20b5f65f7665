import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scale } from './scale.js';

describe('a value times a power of ten', () => {
  it.each([
    [8.2, 3, 8_200],
    [0.1 + 0.2, 3, 300.00000000000004],
    [1.005, 3, 1_005],
    [-16.1, 3, -16_100],
    [4_200, -3, 4.2],
    [1e-7, 3, 0.0001],
    [1e21, -18, 1_000],
    [0, 5, 0],
    [7, 0, 7],
  ])('%d × 10^%d is %d, without the dust of binary fractions', (value, exponent, expected) => {
    expect(scale(value, exponent)).toBe(expected);
  });

  it('and back is the value', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.integer({ min: -6, max: 6 }), (value, n) => {
        expect(scale(scale(value, n), -n)).toBe(value);
      }),
    );
  });
});
