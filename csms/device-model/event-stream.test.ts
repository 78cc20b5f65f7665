import { describe, expect, it } from 'vitest';
import { call } from '../../test/memory/call.js';
import { inMemory, type Memory } from '../../test/memory/index.js';
import { answer } from '../answer.js';

const received = (memory: Memory, seconds: number) => new Date(memory.clock.millis + seconds * 1_000);

/** What a charge point hears on a SEND. */
function send(memory: Memory, action: string, payload: unknown, seconds = 0): Promise<string | undefined> {
  const context = { ...memory, chargePointId: 'CP1', connectionId: 'c1', protocol: 'ocpp2.1' as const };
  return answer(JSON.stringify([6, 's1', action, payload]), { ...context, receivedAt: received(memory, seconds) });
}

const values = (data: object[], more: object = {}) => ({
  ...{ id: 3, pending: 0, basetime: '2026-01-02T03:04:00.000Z', data },
  ...more,
});
const stream = { id: 3, variableMonitoringId: 11, params: { interval: 30, values: 2 } };
const open = (memory: Memory, seconds = -10) =>
  call(memory, 'ocpp2.1', 'OpenPeriodicEventStream', { constantStreamData: stream }, received(memory, seconds));
const close = (memory: Memory, seconds: number) =>
  call(memory, 'ocpp2.1', 'ClosePeriodicEventStream', { id: 3 }, received(memory, seconds));

/** The charge point reported that monitor 11 is of its power. */
async function reportMonitor(memory: Memory): Promise<void> {
  const monitor = { id: 11, value: 30, transaction: false, type: 'Periodic', severity: 8 };
  await call(memory, 'ocpp2.1', 'NotifyMonitoringReport', {
    ...{ requestId: 1, seqNo: 0, generatedAt: received(memory, -60).toISOString() },
    monitor: [
      {
        ...{ component: { name: 'EVSE', evse: { id: 1 } }, variable: { name: 'Power' } },
        variableMonitoring: [{ ...monitor, eventNotificationType: 'CustomMonitor' }],
      },
    ],
  });
}

const history = (memory: Memory) =>
  [...memory.history.entries.values()]
    .filter(({ kind }) => kind === 'stream-values')
    .map(({ kind, detail }) => [kind, detail]);
const power = (memory: Memory) =>
  [...memory.components.items.values()].flatMap(({ variables }) => variables).map(({ attributes }) => attributes);

describe('N11 OpenPeriodicEventStream, N13 ClosePeriodicEventStream', () => {
  it('a stream is Accepted, and known until it is closed', async () => {
    const memory = inMemory();
    expect(await open(memory)).toEqual([3, 'm1', { status: 'Accepted' }]);
    const detail = { variableMonitoringId: 11, interval: 30, values: 2 };
    expect((await memory.inventory.find('CP1', 'event-stream', '3'))?.detail).toEqual(detail);
    expect(await close(memory, -5)).toEqual([3, 'm1', {}]);
    expect(await memory.inventory.list('CP1', 'event-stream')).toEqual([]);
  });

  it('a stream whose opening is told after its end stays closed', async () => {
    const memory = inMemory();
    await close(memory, 1);
    await open(memory, 0);
    expect(await memory.inventory.list('CP1', 'event-stream')).toEqual([]);
  });
});

describe('N15 NotifyPeriodicEventStream', () => {
  it('is a SEND, which nothing answers', async () => {
    expect(await send(inMemory(), 'NotifyPeriodicEventStream', values([{ t: 0, v: '1' }]))).toBeUndefined();
  });

  it('its values are kept, with the monitor that the stream is of', async () => {
    const memory = inMemory();
    await open(memory);
    await send(
      memory,
      'NotifyPeriodicEventStream',
      values([
        { t: 0, v: '7.1' },
        { t: 2.5, v: '7.2' },
      ]),
    );
    const told = [
      { at: '2026-01-02T03:04:00.000Z', value: '7.1' },
      { at: '2026-01-02T03:04:02.500Z', value: '7.2' },
    ];
    expect(history(memory)).toEqual([['stream-values', { streamId: 3, variableMonitoringId: 11, values: told }]]);
  });

  it('its newest value is its variable’s, where that is known', async () => {
    const memory = inMemory();
    await reportMonitor(memory);
    await open(memory);
    await send(
      memory,
      'NotifyPeriodicEventStream',
      values([
        { t: 4, v: '7.4' },
        { t: 2, v: '7.2' },
      ]),
    );
    const value = { is: '7.4', at: '2026-01-02T03:04:04.000Z', receivedAt: '2026-01-02T03:04:05.000Z' };
    expect(power(memory)).toEqual([[{ type: 'Actual', value }]]);
  });

  it('values of a stream that nobody opened are kept all the same', async () => {
    const memory = inMemory();
    await send(memory, 'NotifyPeriodicEventStream', values([{ t: 0, v: 'on' }]));
    expect(history(memory)).toMatchObject([['stream-values', { streamId: 3 }]]);
    expect(power(memory)).toEqual([]);
  });

  it('told twice is kept once; late changes no newer value', async () => {
    const memory = inMemory();
    await reportMonitor(memory);
    await open(memory);
    const newer = values([{ t: 4, v: 'new' }]);
    await send(memory, 'NotifyPeriodicEventStream', newer);
    await send(memory, 'NotifyPeriodicEventStream', newer);
    await send(memory, 'NotifyPeriodicEventStream', values([{ t: 1, v: 'old' }]), 1);
    expect(history(memory)).toHaveLength(2);
    expect(power(memory)).toMatchObject([[{ value: { is: 'new' } }]]);
  });

  it('times that no calendar has are those of its receipt', async () => {
    const memory = inMemory();
    await send(
      memory,
      'NotifyPeriodicEventStream',
      values([
        { t: 1e300, v: 'a' },
        { t: -1e300, v: 'b' },
      ]),
    );
    const at = received(memory, 0).toISOString();
    expect(history(memory)).toMatchObject([['stream-values', { values: [{ at }, { at }] }]]);
  });

  it('a wrong one is told as a deviation, keeps nothing, and is not answered', async () => {
    const memory = inMemory();
    expect(await send(memory, 'NotifyPeriodicEventStream', values([]))).toBeUndefined();
    expect([history(memory), memory.events.names()]).toEqual([[], ['protocol-deviation']]);
  });

  it('is told again when a port fails', async () => {
    const memory = inMemory();
    memory.history.add = () => Promise.reject(new Error('throttled'));
    await expect(send(memory, 'NotifyPeriodicEventStream', values([{ t: 0, v: '1' }]))).rejects.toThrow('throttled');
  });

  it('as a CALL it is refused: it has no answer', async () => {
    const [type, , code] = await call(inMemory(), 'ocpp2.1', 'NotifyPeriodicEventStream', values([{ t: 0, v: '1' }]));
    expect([type, code]).toEqual([4, 'MessageTypeNotSupported']);
  });

  it('nothing else is taken as a SEND; one with money in it is kept', async () => {
    const memory = inMemory();
    const status = { timestamp: '2026-01-02T03:00:00Z', connectorStatus: 'Occupied', evseId: 1, connectorId: 1 };
    expect(await send(memory, 'StatusNotification', status)).toBeUndefined();
    expect(await send(memory, 'TransactionEvent', {})).toBeUndefined();
    expect([memory.connectors.states.size, memory.events.names()]).toEqual([0, ['frame-kept']]);
  });
});
