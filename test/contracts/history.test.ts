import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EntryKind, History, HistoryEntry } from '../../csms/history/ports.js';
import { SettableClock } from '../memory/clock.js';
import { MemoryHistory } from '../memory/history.js';
import { atOnce } from '../memory/turn.js';
import { item, startDynamoDb } from './dynamodb.js';

interface Subject {
  history: History;
  /** What is kept of an entry. */
  detail(entry: HistoryEntry): Promise<unknown>;
}

let ids = 0;
const at = new Date('2026-01-02T03:04:05.678Z');
const entry = (more: Partial<HistoryEntry> = {}): HistoryEntry => ({
  ...{ chargePointId: `CP${++ids}`, kind: 'frame', at, id: 'e1', detail: { frame: '[2,"m1","StopTransaction",{' } },
  ...more,
});

function contract(make: () => Promise<Subject>) {
  let subject: Subject;
  beforeAll(async () => {
    subject = await make();
  });

  it('keeps what is told', async () => {
    const detail = { type: 'TamperDetectionActivated', info: undefined, parts: [1, { a: null }], text: 'ü'.repeat(9) };
    const told = entry({ detail });
    await subject.history.add(told);
    expect(await subject.detail(told)).toEqual(detail);
  });

  it('keeps the first of what is told twice', async () => {
    const told = entry();
    await subject.history.add(told);
    await subject.history.add({ ...told, detail: { frame: 'another' } });
    expect(await subject.detail(told)).toEqual(told.detail);
  });

  it.each<[string, Partial<HistoryEntry>]>([
    ['charge point', { chargePointId: 'CP-other' }],
    ['kind', { kind: 'security-event' satisfies EntryKind }],
    ['time', { at: new Date(at.getTime() + 1) }],
    ['id', { id: 'e2' }],
  ])('keeps entries of another %s apart', async (_what, difference) => {
    const one = entry();
    const other = { ...one, ...difference, detail: { frame: 'another' } };
    await subject.history.add(one);
    await subject.history.add(other);
    expect([await subject.detail(one), await subject.detail(other)]).toEqual([one.detail, other.detail]);
  });

  it('keeps the largest message that a socket takes', async () => {
    const told = entry({ detail: { frame: 'x'.repeat(128 * 1024) } });
    await subject.history.add(told);
    expect(await subject.detail(told)).toEqual(told.detail);
  });
}

describe('History in memory', () =>
  contract(async () => {
    const history = new MemoryHistory(atOnce);
    const detail = async ({ chargePointId, kind, at, id }: HistoryEntry) =>
      history.entries.get([chargePointId, kind, at.toISOString(), id].join('/'))?.detail;
    return { history, detail };
  }));

describe('History in DynamoDB', () => {
  let stop: () => Promise<void>;
  const clock = new SettableClock();
  beforeAll(async () => {
    stop = await startDynamoDb();
  });
  afterAll(() => stop());

  const store = async () => (await import('../../aws/history.js')).dynamoHistory('HistoryTable', clock);
  const stored = ({ chargePointId, kind, at, id }: HistoryEntry) =>
    item('HistoryTable', { chargePointId, entry: `${kind}#${at.toISOString()}#${id}` });

  contract(async () => ({ history: await store(), detail: async (told) => (await stored(told))?.detail }));

  it('expires 400 days after it was told, whatever the charge point’s clock says', async () => {
    const told = entry({ at: new Date(0) });
    await (await store()).add(told);
    expect((await stored(told))?.expires).toBe(Math.floor(clock.now().getTime() / 1_000) + 400 * 86_400);
  });
});
