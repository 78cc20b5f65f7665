import { describe, expect, it } from 'vitest';
import { inMemory, type Memory } from '../../test/memory/index.js';
import { answer } from '../answer.js';
import type { Protocol } from '../ocpp/protocol.js';
import { receive } from '../receive.js';

const at = (memory: Memory, protocol: Protocol) => ({ chargePointId: 'CP1', connectionId: 'c1', protocol, ...memory });
const hear = (memory: Memory, protocol: Protocol, text: string, receivedAt = memory.clock.now()) =>
  answer(text, { ...at(memory, protocol), receivedAt });
const frames = (memory: Memory) => [...memory.history.entries.values()].filter(({ kind }) => kind === 'frame');
const kept = (memory: Memory) => frames(memory).map(({ kind, detail }) => ({ kind, ...detail }));

const stop = '[2,"m1","StopTransaction",{"transactionId":7,"meterStop":"much","timestamp":"2026-01-02T03:00:00Z"}]';
const event = ' [2, "m1", "TransactionEvent", {"eventType": "Ended"} ]';
const cutOff = '[2,"m1","StopTransaction",{"transactionId":7,"meterSt';

describe('a frame with money in it that is not understood', () => {
  it.each(['strict', 'tolerant'] as const)(
    'is kept byte for byte, and refused as its version asks (%s)',
    async (validation) => {
      const memory = inMemory({ stage: { validation } });
      const reply = JSON.parse((await hear(memory, 'ocpp2.0.1', event)) ?? 'null');
      expect(reply.slice(0, 3)).toEqual([4, 'm1', 'OccurrenceConstraintViolation']);
      expect(kept(memory)).toEqual([
        {
          ...{ kind: 'frame', frame: event, connectionId: 'c1', protocol: 'ocpp2.0.1', action: 'TransactionEvent' },
          ...{ code: 'payload-not-valid', why: reply[3], receivedAt: memory.clock.now().toISOString() },
        },
      ]);
    },
  );

  it('is listed by when it was received, and told as frame-kept', async () => {
    const memory = inMemory();
    const receivedAt = new Date('2026-01-02T03:04:00.123Z');
    await hear(memory, 'ocpp1.6', stop, receivedAt);
    const [entry] = frames(memory);
    expect(entry).toMatchObject({ chargePointId: 'CP1', kind: 'frame', at: receivedAt });
    expect(memory.events.named('frame-kept')).toMatchObject([
      {
        ...{ chargePointId: 'CP1', protocol: 'ocpp1.6', action: 'StopTransaction', why: expect.any(String) },
        ...{ receivedAt: receivedAt.toISOString(), entryId: entry?.id },
      },
    ]);
  });

  it('is kept once, and told under one id, when it is told again', async () => {
    const memory = inMemory();
    const receivedAt = memory.clock.now();
    await hear(memory, 'ocpp1.6', stop, receivedAt);
    memory.clock.advance(60_000);
    await hear(memory, 'ocpp1.6', stop, receivedAt);
    expect(kept(memory)).toHaveLength(1);
    const [first, second] = memory.events.named('frame-kept');
    expect(second?.id).toBe(first?.id);
  });

  it('is kept in a version that has no such action', async () => {
    const memory = inMemory();
    expect(await hear(memory, 'ocpp2.0.1', stop)).toContain('NotImplemented');
    expect(kept(memory)).toMatchObject([{ frame: stop }]);
  });

  it('is neither kept nor answered when its table is away: it is to be told again', async () => {
    const memory = inMemory();
    memory.history.add = () => Promise.reject(new Error('table is gone'));
    await expect(hear(memory, 'ocpp1.6', stop)).rejects.toThrow('table is gone');
  });

  it.each<[string, object, boolean]>([
    ['that may be energy', { value: '2', measurand: 'Energy.Total' }, true],
    ['that may be energy by its unit', { value: '2', measurand: 'Total', unit: 'kWh' }, true],
    ['that says nothing of what it is', { value: ['2'] }, true],
    ['that is something else', { value: '2', measurand: 'Humidity', unit: 'Percent' }, false],
  ])('of which a sample was left out %s is kept or not, and the rest counts', async (_, sample, isKept) => {
    const memory = inMemory({ stage: { validation: 'tolerant' } });
    const values = [{ value: '1' }, sample];
    const meterValue = [{ timestamp: '2026-01-02T03:00:00Z', sampledValue: values }];
    const frame = JSON.stringify([2, 'm1', 'MeterValues', { connectorId: 1, meterValue }]);
    expect(await hear(memory, 'ocpp1.6', frame)).toBe('[3,"m1",{}]');
    expect(kept(memory)).toMatchObject(isKept ? [{ frame, why: 'Some of it was left out.' }] : []);
    expect(memory.events.named('protocol-deviation')).toHaveLength(1);
  });
});

describe('a text that is no frame, and begins like one with money in it', () => {
  async function take(text: string, protocol: Protocol = 'ocpp1.6') {
    const memory = inMemory();
    memory.sockets.connect('c1');
    await receive({ ...at(memory, protocol), connectedAt: memory.clock.millis, text }, memory);
    return memory;
  }

  it.each(['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'] as const)('%s: is kept, and answered as any other', async (protocol) => {
    const memory = await take(cutOff, protocol);
    expect(kept(memory)).toEqual([
      {
        ...{ kind: 'frame', frame: cutOff, connectionId: 'c1', protocol, action: 'StopTransaction' },
        ...{ code: 'not-a-frame', why: 'The message is not JSON.', receivedAt: memory.clock.now().toISOString() },
      },
    ]);
    expect(memory.events.named('frame-kept')).toHaveLength(1);
    expect(memory.sockets.frames('c1')).toMatchObject([expect.stringContaining('The message is not JSON.')]);
    expect(memory.topics.taken).toEqual([]);
  });

  it('is kept when somebody else publishes it', async () => {
    const memory = inMemory();
    expect(await hear(memory, 'ocpp1.6', cutOff)).toContain('The message is not JSON.');
    expect(kept(memory)).toMatchObject([{ frame: cutOff }]);
  });

  it.each([
    '\n[ 2 , "m1" , "MeterValues" , {"connectorId":1',
    '[2,"a \\" , b","TransactionEvent",{',
    '[2,17,"StartTransaction",{}]',
    '["2","m1","StartTransaction",{}]',
    '[2,"m1","StartTransaction"]',
    '[2,m1,StopTransaction,{}]',
  ])('%s is kept', async (text) => {
    expect(kept(await take(text))).toMatchObject([{ frame: text }]);
  });

  it.each([
    '[2,"m1","Heartbeat",{',
    '[2,"m1","StopTransactions",{',
    '[3,"m1",{"StopTransaction":',
    '"StopTransaction"',
    `[2,${' '.repeat(30_000)}`,
    `[2,"${'x'.repeat(30_000)}`,
  ])('%s is not', async (text) => {
    expect(kept(await take(text))).toEqual([]);
  });
});
