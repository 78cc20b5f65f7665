import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Component, ComponentKey, Components } from '../../csms/device-model/ports.js';
import type { ComponentRecords } from '../../csms/device-model/records.js';
import type { PageRequest } from '../../csms/page.js';
import { MemoryComponents } from '../memory/components.js';
import { MemoryComponentRecords } from '../memory/records.js';
import { atOnce } from '../memory/turn.js';
import { startDynamoDb } from './dynamodb.js';

let ids = 0;
const nextId = () => `CP${++ids}`;
const told = { at: '2026-01-02T03:04:05.000Z', receivedAt: '2026-01-02T03:04:05.200Z' };
const connector: ComponentKey = { name: 'Connector', evseId: 1, connectorId: 2 };
const component = (key: ComponentKey, ...names: string[]): Component => ({
  ...key,
  variables: names.map((name) => ({ name, attributes: [{ type: 'Actual', value: { is: '', ...told } }] })),
});

function contract(make: () => Promise<{ components: Components; records: ComponentRecords }>) {
  let components: Components;
  let records: ComponentRecords;
  beforeAll(async () => {
    ({ components, records } = await make());
  });

  const read = (chargePointId: string, key = connector) => components.find(chargePointId, key);

  it('knows nothing of a component that nobody told of', async () => {
    expect(await read(nextId())).toBeUndefined();
  });

  it('has what was put there, with all it may say', async () => {
    const id = nextId();
    const all: Component = {
      ...{ ...connector, instance: 'left' },
      variables: [
        {
          ...{ name: 'Current', instance: 'L1' },
          attributes: [
            { type: 'Actual', value: { is: '', ...told }, traits: told },
            { type: 'Target', traits: { mutability: 'WriteOnly', persistent: true, constant: false, ...told } },
          ],
          characteristics: {
            ...{ dataType: 'decimal', supportsMonitoring: true, unit: 'A', valuesList: '1,2', maxElements: 2, ...told },
            ...{ minLimit: -0.5, maxLimit: Number.MAX_SAFE_INTEGER },
          },
        },
        { name: '__proto__', attributes: [] },
      ],
    };
    await components.change(id, all, () => all);
    expect(await read(id, all)).toEqual(all);
  });

  it('finds it by whichever spelling', async () => {
    const id = nextId();
    await components.change(id, connector, () => component(connector, 'A'));
    expect(await read(id, { ...connector, name: 'CONNECTOR' })).toMatchObject({ name: 'Connector' });
  });

  it('keeps components and charge points apart', async () => {
    const id = nextId();
    const { connectorId: _, ...evse } = connector;
    await components.change(id, connector, () => component(connector, 'A'));
    const others = [{ name: 'Connector' }, { ...connector, instance: 'a' }, { ...connector, evseId: 2 }, evse];
    for (const other of others) expect(await read(id, other)).toBeUndefined();
    expect(await read(nextId())).toBeUndefined();
  });

  it('has room for the longest names there are', async () => {
    const id = nextId();
    const longest = { name: '€'.repeat(50), instance: '#'.repeat(50), evseId: 2 ** 31 - 1, connectorId: 2 ** 31 - 1 };
    await components.change(id, longest, () => component(longest, 'A'));
    expect(await read(id, longest)).toEqual(component(longest, 'A'));
  });

  it('lists them by their paths, all or those of one name, a page at a time', async () => {
    const [id, other] = [nextId(), nextId()];
    const keys = [{ name: 'EVSE', evseId: 1 }, connector, { name: 'ConnectorX' }, { name: 'connector', evseId: 2 }];
    for (const key of keys) await components.change(id, key, () => component(key, 'A'));
    await components.change(other, connector, () => component(connector, 'B'));
    const list = async (filter: { name?: string }) => {
      const found: Component[] = [];
      let page: PageRequest | undefined = { limit: 1 };
      while (page) {
        const { items, cursor } = await records.list(id, filter, page);
        found.push(...items);
        page = cursor === undefined ? undefined : { limit: 1, cursor };
      }
      return found.map(({ name, evseId }) => [name, evseId]);
    };
    const connectors = [
      ['Connector', 1],
      ['connector', 2],
    ];
    expect(await list({})).toEqual([...connectors, ['ConnectorX', undefined], ['EVSE', 1]]);
    expect(await list({ name: 'CONNECTOR' })).toEqual(connectors);
    expect(await list({ name: 'Conn' })).toEqual([]);
  });

  it('loses none of several changes at once', async () => {
    const id = nextId();
    const names = ['A', 'B', 'C', 'D'];
    const add = (name: string) =>
      components.change(id, connector, (known) =>
        component(connector, ...(known?.variables ?? []).map((variable) => variable.name), name),
      );
    await Promise.all(names.map(add));
    expect((await read(id))?.variables.map(({ name }) => name).sort()).toEqual(names);
  });
}

describe('Components in memory', () =>
  contract(async () => {
    const components = new MemoryComponents(atOnce);
    return { components, records: new MemoryComponentRecords(components) };
  }));

describe('Components in DynamoDB', () => {
  let stop: () => Promise<void>;
  beforeAll(async () => {
    stop = await startDynamoDb();
  });
  afterAll(() => stop());
  contract(async () => {
    const { dynamoComponents, dynamoComponentRecords } = await import('../../aws/components.js');
    return { components: dynamoComponents('ComponentsTable'), records: dynamoComponentRecords('ComponentsTable') };
  });
});
