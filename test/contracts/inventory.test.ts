import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { itemKey } from '../../csms/inventory/key.js';
import type { Inventory, InventoryItem, ItemKind } from '../../csms/inventory/ports.js';
import type { InventoryRecords } from '../../csms/inventory/records.js';
import type { PageRequest } from '../../csms/page.js';
import { SettableClock } from '../memory/clock.js';
import { MemoryInventory } from '../memory/inventory.js';
import { MemoryInventoryRecords } from '../memory/records.js';
import { atOnce } from '../memory/turn.js';
import { item, startDynamoDb } from './dynamodb.js';

interface Subject {
  inventory: Inventory;
  records: InventoryRecords;
  clock: SettableClock;
}

let ids = 0;
const nextId = () => `CP${++ids}`;
const time = Date.parse('2026-01-02T03:04:05.678Z');
const seconds = (at: number) => new Date(time + at * 1_000);

function contract(make: () => Promise<Subject>) {
  let subject: Subject;
  beforeAll(async () => {
    subject = await make();
  });

  const monitor = (chargePointId: string, at: number, more: Partial<InventoryItem> = {}): InventoryItem => ({
    ...{ chargePointId, kind: 'monitor', key: '7', at: seconds(at), detail: { said: at } },
    ...more,
  });
  const put = (...args: Parameters<typeof monitor>) => subject.inventory.put(monitor(...args));
  const remove = (chargePointId: string, at: number, key = '7') =>
    subject.inventory.remove(chargePointId, 'monitor', key, seconds(at));
  const find = (chargePointId: string, key = '7', kind: ItemKind = 'monitor') =>
    subject.inventory.find(chargePointId, kind, key);

  it('has what was put, as it was put', async () => {
    const id = nextId();
    const detail = { text: 'ü#', none: undefined, list: [1.5, { nothing: null }], is: false };
    expect(await put(id, 0, { detail })).toBe(true);
    expect(await find(id)).toEqual(monitor(id, 0, { detail }));
  });

  it('has what is deeper, and has larger numbers, than DynamoDB takes', async () => {
    const id = nextId();
    const nested = Array.from({ length: 100 }).reduce<object>((inner) => ({ inner }), { number: 1e300, small: 5e-324 });
    await put(id, 0, { detail: { nested } });
    expect((await find(id))?.detail).toEqual({ nested });
  });

  it('has nothing that nobody put', async () => {
    const id = nextId();
    expect(await find(id)).toBeUndefined();
    expect(await subject.inventory.list(id, 'monitor')).toEqual([]);
  });

  it('adds what is not there, whatever was there before, and leaves what is', async () => {
    const id = nextId();
    const add = (at: number) => subject.inventory.add(monitor(id, at));
    expect(await add(5)).toEqual(monitor(id, 5));
    expect(await add(9)).toEqual(monitor(id, 5));
    expect(await find(id)).toEqual(monitor(id, 5));
    await remove(id, 6);
    expect(await add(7)).toEqual(monitor(id, 7));
    const until = new Date(subject.clock.millis + 1_000);
    await put(id, 8, { until });
    expect(await add(9)).toEqual(monitor(id, 8, { until }));
    subject.clock.advance(1_000);
    expect(await add(10)).toEqual(monitor(id, 10));
    expect(await find(id)).toEqual(monitor(id, 10));
  });

  it('adds one of several at once', async () => {
    const id = nextId();
    const all = await Promise.all([1, 2, 3, 4].map((at) => subject.inventory.add(monitor(id, at))));
    expect(new Set(all.map(({ at }) => at.getTime())).size).toBe(1);
  });

  it('lets the newest win, in whatever order they come', async () => {
    const id = nextId();
    expect(await put(id, 10)).toBe(true);
    expect(await put(id, 9.999)).toBe(false);
    expect((await find(id))?.detail).toEqual({ said: 10 });
    expect(await put(id, 10.001)).toBe(true);
    expect((await find(id))?.detail).toEqual({ said: 10.001 });
  });

  it('lets the one told later win of two of the same time; the same twice is the same', async () => {
    const id = nextId();
    await put(id, 10);
    expect(await put(id, 10, { detail: { said: 'later' } })).toBe(true);
    expect(await put(id, 10, { detail: { said: 'later' } })).toBe(true);
    expect((await find(id))?.detail).toEqual({ said: 'later' });
  });

  it('has one winner of several at once', async () => {
    const id = nextId();
    await Promise.all([3, 1, 5, 2, 4].map((at) => put(id, at)));
    expect((await find(id))?.detail).toEqual({ said: 5 });
  });

  it('has no more what was removed, twice too', async () => {
    const id = nextId();
    await put(id, 1);
    expect([await remove(id, 2), await remove(id, 2)]).toEqual([true, true]);
    expect([await find(id), await subject.inventory.list(id, 'monitor')]).toEqual([undefined, []]);
  });

  it('is listed a page at a time, without what is no more', async () => {
    const [id, other] = [nextId(), nextId()];
    for (const key of ['9', '7', '8', '6']) await put(id, 1, { key });
    await put(id, 1, { kind: 'tariff' });
    await put(other, 1);
    await remove(id, 2, '8');
    await put(id, 2, { key: '6', until: subject.clock.now() });
    const found: unknown[] = [];
    let page: PageRequest | undefined = { limit: 1 };
    while (page) {
      const { items, cursor } = await subject.records.list(id, 'monitor', page);
      found.push(...items);
      page = cursor === undefined ? undefined : { limit: 1, cursor };
    }
    expect(found).toEqual([monitor(id, 1, { key: '7' }), monitor(id, 1, { key: '9' })]);
  });

  it('does not bring back what was removed when an older put comes late, also the first of all', async () => {
    const id = nextId();
    await remove(id, 2);
    expect(await put(id, 1)).toBe(false);
    expect(await find(id)).toBeUndefined();
    expect(await put(id, 3)).toBe(true);
    expect((await find(id))?.detail).toEqual({ said: 3 });
  });

  it('keeps what was put after it was removed, when that comes late', async () => {
    const id = nextId();
    await put(id, 3);
    expect(await remove(id, 2)).toBe(false);
    expect((await find(id))?.detail).toEqual({ said: 3 });
  });

  it('lists all of one kind and charge point, in the order of their keys', async () => {
    const [id, other] = [nextId(), nextId()];
    for (const key of ['9', '10', itemKey('a#b', 1), '']) await put(id, 0, { key });
    await put(id, 0, { key: 'removed' });
    await remove(id, 0, 'removed');
    await put(id, 0, { kind: 'tariff' });
    await put(other, 0);
    const listed = await subject.inventory.list(id, 'monitor');
    expect(listed).toEqual(['', '10', '9', 'a%23b#1'].map((key) => monitor(id, 0, { key })));
  });

  it('lists more than a page of DynamoDB, 1 MB, holds', async () => {
    const id = nextId();
    const detail = { text: 'x'.repeat(300_000) };
    const keys = ['1', '2', '3', '4', '5'];
    for (const key of keys) await put(id, 0, { key, detail });
    expect((await subject.inventory.list(id, 'monitor')).map(({ key }) => key)).toEqual(keys);
  });

  it('forgets what is of no use any more', async () => {
    const id = nextId();
    const until = new Date(subject.clock.millis + 60_000);
    await put(id, 0, { until });
    expect(await find(id)).toEqual(monitor(id, 0, { until }));
    subject.clock.advance(60_000);
    expect([await find(id), await subject.inventory.list(id, 'monitor')]).toEqual([undefined, []]);
  });
}

describe('Inventory in memory', () =>
  contract(async () => {
    const clock = new SettableClock();
    const inventory = new MemoryInventory(clock, atOnce);
    return { clock, inventory, records: new MemoryInventoryRecords(inventory) };
  }));

describe('Inventory in DynamoDB', () => {
  let stop: () => Promise<void>;
  const clock = new SettableClock();
  beforeAll(async () => {
    stop = await startDynamoDb();
  });
  afterAll(() => stop());

  const store = async () => (await import('../../aws/inventory.js')).dynamoInventory('InventoryTable', clock);
  contract(async () => {
    const { dynamoInventoryRecords } = await import('../../aws/inventory.js');
    return { clock, inventory: await store(), records: dynamoInventoryRecords('InventoryTable', clock) };
  });

  const expires = async (chargePointId: string) =>
    (await item('InventoryTable', { chargePointId, item: 'tariff#1' }))?.expires;

  it('keeps a tombstone for 30 days, by its own clock, and what is put again for ever', async () => {
    const id = nextId();
    const inventory = await store();
    await inventory.remove(id, 'tariff', '1', new Date(0));
    expect(await expires(id)).toBe(Math.floor(clock.millis / 1_000) + 30 * 86_400);
    await inventory.put({ chargePointId: id, kind: 'tariff', key: '1', at: new Date(1), detail: {} });
    expect(await expires(id)).toBeUndefined();
  });

  it('keeps a tombstone for so many days as are said', async () => {
    const id = nextId();
    await (await store()).remove(id, 'tariff', '1', new Date(0), 1);
    expect(await expires(id)).toBe(Math.floor(clock.millis / 1_000) + 86_400);
  });

  it('lets DynamoDB delete what is of no use any more', async () => {
    const id = nextId();
    const until = new Date('2026-02-01T00:00:00Z');
    await (await store()).put({ chargePointId: id, kind: 'tariff', key: '1', at: new Date(0), detail: {}, until });
    expect(await expires(id)).toBe(until.getTime() / 1_000);
  });
});
