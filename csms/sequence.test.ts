import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, missing, type Ranges } from './sequence.js';

const ranges = (numbers: number[]) => numbers.reduce<Ranges>(add, []);

describe('the numbers of a sequence', () => {
  it.each([
    [[0], [[0, 0]]],
    [[0, 1, 2], [[0, 2]]],
    [[2, 1, 0], [[0, 2]]],
    [
      [0, 2],
      [
        [0, 0],
        [2, 2],
      ],
    ],
    [[0, 2, 1], [[0, 2]]],
    [
      [5, 0, 3, 4],
      [
        [0, 0],
        [3, 5],
      ],
    ],
  ])('%j are the ranges %j', (numbers, expected) => {
    expect(ranges(numbers)).toEqual(expected);
  });

  it('that come again change nothing', () => {
    const known = ranges([0, 1, 5]);
    expect(add(known, 1)).toBe(known);
  });

  it.each([
    [[], 0, []],
    [[0, 1], 0, []],
    [[1], 0, [[0, 0]]],
    [
      [3, 6],
      0,
      [
        [0, 2],
        [4, 5],
      ],
    ],
    [
      [3, 6],
      2,
      [
        [2, 2],
        [4, 5],
      ],
    ],
    [[3, 6], 3, [[4, 5]]],
    [[0, 3, 6], 3, [[4, 5]]],
  ])('%j from %d on lack %j', (numbers, first, expected) => {
    expect(missing(ranges(numbers), first)).toEqual(expected);
  });

  it('are the same in whatever order they come, however often, and with what they lack are whole', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30)), (numbers) => {
        const found = ranges(numbers);
        expect(found).toEqual(ranges([...new Set(numbers)].sort((a, b) => a - b)));
        const spread = (some: Ranges) =>
          some.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => from + i));
        expect(spread(found)).toEqual([...new Set(numbers)].sort((a, b) => a - b));
        const highest = Math.max(-1, ...numbers);
        expect([...spread(found), ...spread(missing(found, 0))].sort((a, b) => a - b)).toEqual(
          Array.from({ length: highest + 1 }, (_, i) => i),
        );
      }),
    );
  });
});
