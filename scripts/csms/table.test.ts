import { describe, expect, it } from 'vitest';
import { details, table, time } from './table.js';

const columns = [
  { heading: 'id', of: (row: { id: string; count?: number }) => row.id },
  { heading: 'count', of: (row: { id: string; count?: number }) => row.count },
];

describe('a table', () => {
  it('has columns as wide as their widest text, and no spaces at the end of a line', () => {
    expect(table(columns, [{ id: 'a-long-one', count: 1 }, { id: 'b', count: 1_000_000 }, { id: 'c' }], false)).toEqual(
      ['id          count', 'a-long-one  1', 'b           1000000', 'c'],
    );
  });

  it('of nothing is its headings', () => {
    expect(table(columns, [], false)).toEqual(['id  count']);
  });

  it('is coloured in its headings only, and only where that is wanted', () => {
    expect(table(columns, [{ id: 'a' }], true)).toEqual(['\u001b[1mid  count\u001b[0m', 'a']);
  });

  it('lets no charge point move the cursor', () => {
    expect(table(columns, [{ id: 'a\u001b[2Jb\nc' }], false)[1]).toBe('a [2Jb c');
  });
});

describe('details', () => {
  it('are names and values, without those that are not known', () => {
    expect(details({ id: 'CP1', 'last boot': undefined, connected: 'no' })).toEqual([
      'id         CP1',
      'connected  no',
    ]);
  });
});

it('a time is to the second', () => {
  expect(time('2026-05-20T10:00:00.123Z')).toBe('2026-05-20 10:00:00');
  expect(time(undefined)).toBe(undefined);
});
