import { expect, it } from 'vitest';
import { type IndexedTable, type Item, indexWriteUnits } from './index-writes.js';

const keys = (...names: string[]) => names.map((AttributeName) => ({ AttributeName }));
const table = (ProjectionType: 'ALL' | 'KEYS_ONLY'): IndexedTable => ({
  KeySchema: keys('id'),
  GlobalSecondaryIndexes: [{ KeySchema: keys('dueFor', 'dueAt'), Projection: { ProjectionType } }],
});
const item = (more: Record<string, string> = {}): Item =>
  Object.fromEntries(Object.entries({ id: 'CP1', ...more }).map(([name, value]) => [name, { S: value }]));
const due = { dueFor: 'settle', dueAt: '2026' };

it.each([
  ['has none of its keys', undefined, item(), 0],
  ['has some of its keys', undefined, item({ dueFor: 'settle' }), 0],
  ['comes with its keys', undefined, item(due), 1],
  ['gets its keys', item(), item(due), 1],
  ['changes one of them: it leaves its place for another', item(due), item({ ...due, dueAt: '2027' }), 2],
  ['loses its keys', item(due), item(), 1],
  ['goes', item(due), undefined, 1],
  ['stays as it was', item(due), item(due), 0],
])('an item that %s', (_, before, after, units) => {
  expect(indexWriteUnits(table('KEYS_ONLY'), before, after)).toBe(units);
});

it('only what an index has of an item costs something, for each KB of it', () => {
  const [before, after] = [item({ ...due, text: 'x' }), item({ ...due, text: 'x'.repeat(1500) })];
  expect(indexWriteUnits(table('KEYS_ONLY'), before, after)).toBe(0);
  expect(indexWriteUnits(table('ALL'), before, after)).toBe(2);
  expect(indexWriteUnits(table('ALL'), undefined, after)).toBe(2);
});

it('each index costs for itself', () => {
  const [index] = table('KEYS_ONLY').GlobalSecondaryIndexes ?? [];
  const local = index && { LocalSecondaryIndexes: [{ ...index, KeySchema: keys('id', 'dueAt') }] };
  expect(indexWriteUnits({ ...table('KEYS_ONLY'), ...local }, undefined, item(due))).toBe(2);
});
