import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closed, opened, promoted } from '../../csms/connections/life.js';
import type { Connection, ConnectionRecord, Connections } from '../../csms/connections/ports.js';
import type { ConnectionRecords } from '../../csms/connections/records.js';
import { MemoryConnections } from '../memory/connections.js';
import { MemoryConnectionRecords } from '../memory/records.js';
import { atOnce } from '../memory/turn.js';
import { startDynamoDb } from './dynamodb.js';

let ids = 0;
const nextId = () => `CP${++ids}`;
const now = new Date('2026-01-02T03:04:05.678Z');
const connection = (connectionId: string): Connection => ({
  connectionId,
  protocol: 'ocpp2.1',
  since: now.toISOString(),
});
const open = (connectionId: string) => (record: ConnectionRecord) => opened(record, connection(connectionId));

function contract(make: () => Promise<{ connections: Connections; records: ConnectionRecords }>) {
  let connections: Connections;
  let records: ConnectionRecords;
  beforeAll(async () => {
    ({ connections, records } = await make());
  });

  it('has an empty record of a charge point that never connected', async () => {
    expect(await connections.read(nextId())).toEqual({ opening: [], replaced: [], replacedAt: [] });
  });

  it('reads what was changed, and hands out what was before and is after', async () => {
    const id = nextId();
    const after = { opening: [connection('c1')], replaced: [], replacedAt: [] };
    expect(await connections.change(id, open('c1'))).toEqual({
      before: { opening: [], replaced: [], replacedAt: [] },
      after,
    });
    expect(await connections.read(id)).toEqual(after);
  });

  it('keeps everything a record may hold, and forgets what a transition leaves out', async () => {
    const id = nextId();
    const gone = { since: now.toISOString(), reason: 'closed with 1006' };
    const full = {
      ...{ current: connection('c2'), replaced: [connection('c1')], opening: [connection('c3')], gone },
      replacedAt: [now.toISOString()],
    };
    await connections.change(id, () => full);
    expect(await connections.read(id)).toEqual(full);
    await connections.change(id, () => ({ opening: [], replaced: [], replacedAt: [] }));
    expect(await connections.read(id)).toEqual({ opening: [], replaced: [], replacedAt: [] });
  });

  it('leaves the record alone when the transition says so', async () => {
    const id = nextId();
    const { after } = await connections.change(id, open('c1'));
    expect(await connections.change(id, () => undefined)).toEqual({ before: after, after });
    expect(await connections.read(id)).toEqual(after);
  });

  it('keeps the records of charge points apart', async () => {
    const [a, b] = [nextId(), nextId()];
    await connections.change(a, open('c1'));
    expect(await connections.read(b)).toEqual({ opening: [], replaced: [], replacedAt: [] });
  });

  it('loses no change of several at once', async () => {
    const id = nextId();
    await Promise.all(['c1', 'c2', 'c3', 'c4', 'c5'].map((connectionId) => connections.change(id, open(connectionId))));
    const { opening } = await connections.read(id);
    expect(opening.map(({ connectionId }) => connectionId).toSorted()).toEqual(['c1', 'c2', 'c3', 'c4', 'c5']);
  });

  it('applies a transition to the record as it is then, not as it was read at first', async () => {
    const id = nextId();
    await connections.change(id, open('c1'));
    await Promise.all([
      connections.change(id, (record) => promoted(record, 'c1', now)),
      connections.change(id, (record) => closed(record, 'c1', 'closed', now)),
      connections.change(id, open('c2')),
    ]);
    const record = await connections.read(id);
    expect(record.current).toBeUndefined();
    expect(record.opening).toEqual([connection('c2')]);
  });

  it('are read of several charge points at once, and of a hundred', async () => {
    const all = Array.from({ length: 100 }, nextId);
    const [first = '', second = ''] = all;
    for (const id of [first, second]) await connections.change(id, open(`of-${id}`));
    const found = await records.ofAll(all);
    expect([...found.keys()].sort()).toEqual([first, second].sort());
    expect(found.get(second)).toEqual(await connections.read(second));
    expect(await records.ofAll([])).toEqual(new Map());
  });

  it('fails with what a transition throws', async () => {
    const failing = connections.change(nextId(), () => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
  });
}

describe('Connections in memory', () =>
  contract(async () => {
    const connections = new MemoryConnections(atOnce);
    return { connections, records: new MemoryConnectionRecords(connections) };
  }));

describe('Connections in DynamoDB', () => {
  let stop: () => Promise<void>;
  beforeAll(async () => {
    stop = await startDynamoDb();
  });
  afterAll(() => stop());
  contract(async () => {
    const { dynamoConnections, dynamoConnectionRecords } = await import('../../aws/connections.js');
    return {
      connections: dynamoConnections('ConnectionsTable'),
      records: dynamoConnectionRecords('ConnectionsTable'),
    };
  });
});
