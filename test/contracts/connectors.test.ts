import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConnectorState, Connectors } from '../../csms/connectors/ports.js';
import { MemoryConnectors } from '../memory/connectors.js';
import { atOnce } from '../memory/turn.js';
import { item, startDynamoDb } from './dynamodb.js';

interface Subject {
  connectors: Connectors;
  /** The status on record. */
  status(chargePointId: string, evseId: number, connectorId: number): Promise<unknown>;
}

let ids = 0;
const nextId = () => `CP${++ids}`;
const time = Date.parse('2026-01-02T03:04:05.000Z');

function contract(make: () => Promise<Subject>) {
  let subject: Subject;
  beforeAll(async () => {
    subject = await make();
  });

  /** A report of the charge point's time `at`, received at `receivedAt`, both in seconds. */
  const report = (
    chargePointId: string,
    status: string,
    at: number,
    receivedAt = at,
    more: Partial<ConnectorState> = {},
  ) =>
    subject.connectors.report({
      ...{ chargePointId, evseId: 1, connectorId: 1, status },
      ...{ at: new Date(time + at * 1_000), receivedAt: new Date(time + receivedAt * 1_000) },
      ...more,
    });

  it('keeps a first report, with all it says or next to nothing', async () => {
    const id = nextId();
    const more = { errorCode: 'OtherError', info: 'hot', vendorId: 'acme', vendorErrorCode: 'E7' };
    expect(await report(id, 'Faulted', 0, 0, more)).toBe(true);
    expect(await report(id, 'Available', 0, 0, { connectorId: 2 })).toBe(true);
    expect([await subject.status(id, 1, 1), await subject.status(id, 1, 2)]).toEqual(['Faulted', 'Available']);
  });

  it('keeps the charge point itself (0, 0) apart from its connectors', async () => {
    const id = nextId();
    await report(id, 'Unavailable', 0, 0, { evseId: 0, connectorId: 0 });
    await report(id, 'Available', 0);
    expect(await subject.status(id, 0, 0)).toBe('Unavailable');
  });

  it('takes one that comes long after for the newest: the clock was set back', async () => {
    const id = nextId();
    await report(id, 'Charging', 10_000);
    expect(await report(id, 'Available', 100, 10_600)).toBe(false);
    expect(await report(id, 'Available', 100, 10_600.001)).toBe(true);
    expect(await report(id, 'Available', 100, 10_600.001)).toBe(true);
    expect(await report(id, 'Charging', 10_000)).toBe(false);
  });

  it('lets the newest time win, in whatever order reports come', async () => {
    const id = nextId();
    expect(await report(id, 'Charging', 10)).toBe(true);
    expect(await report(id, 'Preparing', 9.999, 20)).toBe(false);
    expect(await subject.status(id, 1, 1)).toBe('Charging');
    expect(await report(id, 'Finishing', 10.001)).toBe(true);
    expect(await subject.status(id, 1, 1)).toBe('Finishing');
  });

  it('lets the one received later win when their times are the same', async () => {
    const id = nextId();
    await report(id, 'Preparing', 10, 11);
    expect(await report(id, 'Charging', 10, 11.5)).toBe(true);
    expect(await report(id, 'Preparing', 10, 11)).toBe(false);
    expect(await subject.status(id, 1, 1)).toBe('Charging');
  });

  it('takes a report that is told again, the newest as before', async () => {
    const id = nextId();
    await report(id, 'Charging', 10, 11);
    expect(await report(id, 'Charging', 10, 11)).toBe(true);
  });

  it('has one winner of several at once', async () => {
    const id = nextId();
    await Promise.all([3, 1, 5, 2, 4].map((at) => report(id, `S${at}`, at)));
    expect(await subject.status(id, 1, 1)).toBe('S5');
  });
}

describe('Connectors in memory', () =>
  contract(async () => {
    const connectors = new MemoryConnectors(atOnce);
    return { connectors, status: async (...key) => connectors.states.get(key.join('/'))?.status };
  }));

describe('Connectors in DynamoDB', () => {
  let stop: () => Promise<void>;
  beforeAll(async () => {
    stop = await startDynamoDb();
  });
  afterAll(() => stop());
  contract(async () => ({
    connectors: (await import('../../aws/connectors.js')).dynamoConnectors('ConnectorsTable'),
    status: async (chargePointId, evseId, connectorId) => {
      const stored = await item('ConnectorsTable', { chargePointId, connector: `${evseId}#${connectorId}` });
      return (stored?.state as { status: string } | undefined)?.status;
    },
  }));
});
