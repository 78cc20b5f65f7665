import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { frameIdOf, type KeptFrameRecords, type KeptFrames, type Repair } from '../../csms/history/kept-frames.js';
import type { EntryKind, History, HistoryEntry } from '../../csms/history/ports.js';
import { SettableClock } from '../memory/clock.js';
import { MemoryHistory, MemoryKeptFrames } from '../memory/history.js';
import { atOnce } from '../memory/turn.js';
import { item, startDynamoDb } from './dynamodb.js';

interface Subject {
  history: History;
  keptFrames: KeptFrames;
  keptFrameRecords: KeptFrameRecords;
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

  describe('frames that are kept', () => {
    const id = '00112233445566aa';
    const asked: Repair = { id: 'r1', status: 'asked', at: '2026-01-03T00:00:00.000Z', by: 'me', payload: '{}' };
    const isOpen = async ({ chargePointId }: HistoryEntry) =>
      (await subject.keptFrameRecords.open({ limit: 100 })).items.some((one) => one.chargePointId === chargePointId);

    it('are found by time and id, and are open until they are repaired or dismissed', async () => {
      const { history, keptFrames, keptFrameRecords } = subject;
      const told = entry({ id });
      const frameId = frameIdOf(at, id);
      await history.add(told);
      await history.add({ ...told, kind: 'security-event' });
      const frame = { chargePointId: told.chargePointId, frameId, detail: told.detail };
      expect(await keptFrames.find(told.chargePointId, frameId)).toEqual(frame);
      expect((await keptFrameRecords.of(told.chargePointId, { limit: 10 })).items).toEqual([frame]);
      expect(await isOpen(told)).toBe(true);
      expect(await keptFrames.mark(told.chargePointId, frameId, asked, undefined)).toBe(true);
      expect(await keptFrames.find(told.chargePointId, frameId)).toEqual({ ...frame, repair: asked });
      expect(await isOpen(told)).toBe(true);
      const repaired: Repair = { ...asked, status: 'repaired', answer: { a: 1 } };
      expect(await keptFrames.mark(told.chargePointId, frameId, repaired, asked)).toBe(true);
      expect((await keptFrames.find(told.chargePointId, frameId))?.repair).toEqual(repaired);
      expect(await isOpen(told)).toBe(false);
    });

    it('are marked by one at a time', async () => {
      const { history, keptFrames } = subject;
      const told = entry({ id });
      const frameId = frameIdOf(at, id);
      await history.add(told);
      const other: Repair = { ...asked, id: 'r2' };
      expect(await keptFrames.mark(told.chargePointId, frameId, asked, undefined)).toBe(true);
      expect(await keptFrames.mark(told.chargePointId, frameId, other, undefined)).toBe(false);
      expect(await keptFrames.mark(told.chargePointId, frameId, { ...other, status: 'repaired' }, other)).toBe(false);
      expect((await keptFrames.find(told.chargePointId, frameId))?.repair).toEqual(asked);
    });

    it.each(['', 'nonsense', frameIdOf(at, id)])('%j is none where nobody kept it', async (frameId) => {
      expect(await subject.keptFrames.find('CP-none', frameId)).toBeUndefined();
      expect(await subject.keptFrames.mark('CP-none', frameId, asked, undefined)).toBe(false);
    });
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
    const keptFrames = new MemoryKeptFrames(history, atOnce);
    return { history, keptFrames, keptFrameRecords: keptFrames, detail };
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

  contract(async () => {
    const { dynamoKeptFrameRecords, dynamoKeptFrames } = await import('../../aws/kept-frames.js');
    return {
      history: await store(),
      keptFrames: dynamoKeptFrames('HistoryTable'),
      keptFrameRecords: dynamoKeptFrameRecords('HistoryTable'),
      detail: async (told) => (await stored(told))?.detail,
    };
  });

  it('expires 400 days after it was told, whatever the charge point’s clock says', async () => {
    const told = entry({ at: new Date(0) });
    await (await store()).add(told);
    expect((await stored(told))?.expires).toBe(Math.floor(clock.now().getTime() / 1_000) + 400 * 86_400);
  });
});
