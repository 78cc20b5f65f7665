import { describe, expect, it } from 'vitest';
import { call } from '../../test/memory/call.js';
import { inMemory, type Memory } from '../../test/memory/index.js';
import { answer } from '../answer.js';
import type { Protocol } from '../ocpp/protocol.js';

async function report(memory: Memory, protocol: Protocol, payload: object, receivedAt = memory.clock.now()) {
  const text = JSON.stringify([2, 'm1', 'StatusNotification', payload]);
  return JSON.parse(
    (await answer(text, { ...memory, chargePointId: 'CP1', connectionId: 'c1', protocol, receivedAt })) ?? 'null',
  );
}

const v2x = ['ocpp2.0.1', 'ocpp2.1'] as const;
const at = '2026-01-02T03:00:00Z';
const status16 = (status: string, more: object = {}) => ({
  connectorId: 1,
  errorCode: 'NoError',
  status,
  timestamp: at,
  ...more,
});
const status2x = (connectorStatus: string, timestamp = at) => ({
  timestamp,
  connectorStatus,
  evseId: 1,
  connectorId: 2,
});

describe('4.9 StatusNotification of 1.6', () => {
  it('is answered with {}, and the state is kept and told', async () => {
    const memory = inMemory();
    const detail = { errorCode: 'OtherError', info: 'hot', vendorId: 'acme', vendorErrorCode: 'E7' };
    expect(await report(memory, 'ocpp1.6', status16('Faulted', detail))).toEqual([3, 'm1', {}]);
    expect(memory.connectors.states.get('CP1/1/1')).toMatchObject({ status: 'Faulted', at: new Date(at), ...detail });
    expect(memory.events.emitted).toMatchObject([
      {
        name: 'connector-status',
        evseId: 1,
        connectorId: 1,
        status: 'Faulted',
        since: '2026-01-02T03:00:00.000Z',
        ...detail,
      },
    ]);
  });

  it('connector n is EVSE n with the one connector 1', async () => {
    const memory = inMemory();
    await report(memory, 'ocpp1.6', status16('Available', { connectorId: 3 }));
    expect([...memory.connectors.states.keys()]).toEqual(['CP1/3/1']);
  });

  it('connector 0 is the charge point itself', async () => {
    const memory = inMemory();
    await report(memory, 'ocpp1.6', status16('Available', { connectorId: 0 }));
    expect([...memory.connectors.states.keys()]).toEqual(['CP1/0/0']);
  });

  it('without a timestamp is as of its reception', async () => {
    const memory = inMemory();
    const { timestamp: _, ...payload } = status16('Available');
    await report(memory, 'ocpp1.6', payload);
    expect(memory.connectors.states.get('CP1/1/1')?.at).toEqual(memory.clock.now());
  });
});

describe('G01 StatusNotification of 2.x', () => {
  it.each(v2x)('%s: is answered with {}, and the state is kept and told', async (protocol) => {
    const memory = inMemory();
    expect(await report(memory, protocol, status2x('Occupied'))).toEqual([3, 'm1', {}]);
    expect(memory.connectors.states.get('CP1/1/2')).toMatchObject({ status: 'Occupied', at: new Date(at) });
    expect(memory.events.emitted).toMatchObject([
      { name: 'connector-status', evseId: 1, connectorId: 2, status: 'Occupied' },
    ]);
  });

  it.each(v2x)('%s: a leap second is no error', async (protocol) => {
    const memory = inMemory();
    const received = new Date('2026-07-01T00:00:00Z');
    const status = status2x('Occupied', '2026-06-30T23:59:60Z');
    expect(await report(memory, protocol, status, received)).toEqual([3, 'm1', {}]);
    expect(memory.connectors.states.get('CP1/1/2')?.at.toISOString()).toBe('2026-06-30T23:59:59.999Z');
  });
});

describe('G01.FR.03-07 NotifyEvent of 2.x', () => {
  const state = (actualValue: string, timestamp = at, more: object = {}) => ({
    ...{ eventId: 1, timestamp, trigger: 'Delta', actualValue, eventNotificationType: 'HardWiredNotification' },
    component: { name: 'Connector', evse: { id: 1, connectorId: 2 } },
    variable: { name: 'AvailabilityState' },
    ...more,
  });
  async function notify(
    memory: Memory,
    eventData: object[],
    receivedAt = memory.clock.now(),
    protocol: Protocol = 'ocpp2.1',
  ) {
    const payload = { generatedAt: at, seqNo: 0, eventData };
    return call(memory, protocol, 'NotifyEvent', payload, receivedAt);
  }
  const known = (memory: Memory) => memory.connectors.states.get('CP1/1/2')?.status;
  const told = (memory: Memory) => memory.events.named('connector-status').map(({ status }) => status);

  it.each(v2x)('%s: tells a connector’s state as StatusNotification does', async (protocol) => {
    const [memory, other] = [inMemory(), inMemory()];
    expect(await notify(memory, [state('Occupied')], memory.clock.now(), protocol)).toEqual([3, 'm1', {}]);
    await report(other, protocol, status2x('Occupied'));
    expect(memory.connectors.states).toEqual(other.connectors.states);
    expect(memory.events.named('connector-status')).toEqual(other.events.emitted);
    expect(memory.events.named('monitor-event')).toHaveLength(1);
  });

  it.each(['Available', 'Occupied', 'Reserved', 'Unavailable', 'Faulted'])(
    '%s, whatever the trigger',
    async (status) => {
      const memory = inMemory();
      const names = {
        component: { ...state('').component, name: 'CONNECTOR' },
        variable: { name: 'availabilityState' },
      };
      await notify(memory, [state(status, at, { trigger: 'Periodic', ...names })]);
      expect([known(memory), told(memory)]).toEqual([status, [status]]);
    },
  );

  it.each([
    ['no state of a connector', state('Idle')],
    ['an EVSE’s', state('Occupied', at, { component: { name: 'EVSE', evse: { id: 1 } } })],
    ['of no connector', state('Occupied', at, { component: { name: 'Connector', evse: { id: 1 } } })],
    ['of nowhere', state('Occupied', at, { component: { name: 'Connector' } })],
    ['another variable', state('Faulted', at, { variable: { name: 'ConnectorType' } })],
  ])('%s is none', async (_, event) => {
    const memory = inMemory();
    await notify(memory, [event]);
    expect([memory.connectors.states.size, told(memory)]).toEqual([0, []]);
  });

  it('of several of one connector the newest holds, the last of one second', async () => {
    const memory = inMemory();
    await notify(memory, [state('Occupied'), state('Faulted'), state('Available', '2026-01-02T02:59:59Z')]);
    expect([known(memory), told(memory)]).toEqual(['Faulted', ['Occupied', 'Faulted']]);
  });

  it('told twice, and late, leaves the newest that either message told', async () => {
    const memory = inMemory();
    const received = memory.clock.now();
    const later = new Date(memory.clock.millis + 1_000);
    await report(memory, 'ocpp2.1', status2x('Available', '2026-01-02T03:00:01Z'), later);
    for (let i = 0; i < 2; i++) await notify(memory, [state('Occupied')], received);
    expect([known(memory), told(memory)]).toEqual(['Available', ['Available']]);
    for (let i = 0; i < 2; i++) await notify(memory, [state('Faulted', '2026-01-02T03:00:02Z')], later);
    await report(memory, 'ocpp2.1', status2x('Available', '2026-01-02T03:00:01Z'), later);
    expect([known(memory), new Set(told(memory))]).toEqual(['Faulted', new Set(['Available', 'Faulted'])]);
  });
});

describe('a report', () => {
  it('told twice leaves one state, and events of one id', async () => {
    const memory = inMemory();
    const receivedAt = memory.clock.now();
    await report(memory, 'ocpp2.1', status2x('Occupied'), receivedAt);
    const once = structuredClone(memory.connectors.states);
    memory.clock.advance(90_000);
    await report(memory, 'ocpp2.1', status2x('Occupied'), receivedAt);
    expect(memory.connectors.states).toEqual(once);
    expect(memory.events.names()).toEqual(['connector-status']);
  });

  it('from a clock that is years ahead is as of its reception, and hides nothing that comes later', async () => {
    const memory = inMemory();
    await report(memory, 'ocpp2.0.1', status2x('Faulted', '2099-01-01T00:00:00Z'));
    expect(memory.events.emitted.at(-1)).toMatchObject({ since: memory.clock.now().toISOString() });
    memory.clock.advance(1_000);
    await report(memory, 'ocpp2.0.1', status2x('Available', memory.clock.now().toISOString()));
    expect(memory.events.emitted.at(-1)).toMatchObject({ status: 'Available' });
  });

  it('from a clock that nobody has set since it was switched on is as of its reception', async () => {
    const memory = inMemory();
    await report(memory, 'ocpp1.6', status16('Charging'));
    memory.clock.advance(60 * 60_000);
    await report(memory, 'ocpp1.6', status16('Available', { timestamp: '1970-01-01T00:00:00.750Z' }));
    expect(memory.connectors.states.get('CP1/1/1')).toMatchObject({ status: 'Available', at: memory.clock.now() });
    expect(memory.events.emitted.at(-1)).toMatchObject({
      status: 'Available',
      since: memory.clock.now().toISOString(),
    });
  });

  it('told late does not overwrite a newer one, and is no event', async () => {
    const memory = inMemory();
    await report(memory, 'ocpp2.1', status2x('Available', '2026-01-02T03:00:01Z'));
    await report(memory, 'ocpp2.1', status2x('Occupied', '2026-01-02T03:00:00Z'));
    expect(memory.connectors.states.get('CP1/1/2')?.status).toBe('Available');
    expect(memory.events.named('connector-status')).toHaveLength(1);
  });

  it('of the same second as the last one wins when it came later, whatever is told twice', async () => {
    const memory = inMemory();
    const [first, second] = [memory.clock.now(), new Date(memory.clock.millis + 200)];
    await report(memory, 'ocpp1.6', status16('Preparing'), first);
    await report(memory, 'ocpp1.6', status16('Charging'), second);
    await report(memory, 'ocpp1.6', status16('Preparing'), first);
    expect(memory.connectors.states.get('CP1/1/1')?.status).toBe('Charging');
    expect(memory.events.emitted.map(({ status }) => status)).toEqual(['Preparing', 'Charging']);
    expect(new Set(memory.events.emitted.map(({ id }) => id)).size).toBe(2);
  });

  it('whose event could not be told is told again', async () => {
    const memory = inMemory();
    const { emit } = memory.events;
    memory.events.emit = () => Promise.reject(new Error('throttled'));
    const receivedAt = memory.clock.now();
    await expect(report(memory, 'ocpp2.1', status2x('Occupied'), receivedAt)).rejects.toThrow('throttled');
    memory.events.emit = emit;
    await report(memory, 'ocpp2.1', status2x('Occupied'), receivedAt);
    expect(memory.events.named('connector-status')).toHaveLength(1);
  });
});
