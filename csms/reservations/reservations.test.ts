import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectedTo } from '../../test/memory/ask.js';
import { call } from '../../test/memory/call.js';
import { chargePoint } from '../../test/memory/charge-point.js';
import { elapse } from '../../test/memory/elapse.js';
import { inMemory, type Memory } from '../../test/memory/index.js';
import type { Protocol } from '../ocpp/protocol.js';
import { sweep } from '../sweep.js';
import { type Fact, tellOf } from './change.js';
import type { Reservation } from './ports.js';
import { stateOf } from './state.js';

const protocols = ['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'] as const;
const v2x = ['ocpp2.0.1', 'ocpp2.1'] as const;
const hour = 60 * 60_000;

/** A charge point of a version, with the version's words for a reservation. Reservations are for an hour. */
async function connected(protocol: Protocol) {
  const all = await connectedTo(protocol);
  const { memory, told, ask } = all;
  const is16 = protocol === 'ocpp1.6';
  const request = (id: number, evseId = 1) => {
    const until = new Date(memory.clock.millis + hour).toISOString();
    return is16
      ? { reservationId: id, connectorId: evseId, expiryDate: until, idTag: 'TAG', parentIdTag: 'GROUP' }
      : {
          ...{ id, expiryDateTime: until, ...(evseId && { evseId }) },
          idToken: { idToken: 'TAG', type: 'ISO14443' },
          groupIdToken: { idToken: 'GROUP', type: 'Central' },
        };
  };
  /** A transaction begins that names a reservation. */
  const start = (reservationId: number, transactionId = 't1') => {
    const timestamp = memory.clock.now().toISOString();
    const event = { eventType: 'Started', timestamp, seqNo: 0, triggerReason: 'Authorized', reservationId };
    return is16
      ? call(memory, protocol, 'StartTransaction', {
          connectorId: 1,
          idTag: 'TAG',
          meterStart: 0,
          timestamp,
          reservationId,
        })
      : call(memory, protocol, 'TransactionEvent', {
          ...{ ...event, transactionInfo: { transactionId }, evse: { id: 1, connectorId: 1 } },
          idToken: { idToken: 'TAG', type: 'ISO14443' },
        });
  };
  return {
    ...all,
    start,
    reserve: (id = 12, status = 'Accepted', evseId = 1) => told('ReserveNow', request(id, evseId), { status }),
    askFor: (id = 12) => ask('ReserveNow', request(id)),
    cancel: (id = 12, status = 'Accepted') => told('CancelReservation', { reservationId: id }, { status }),
    statusOf: (id = 12) => statusOf(memory, id),
    update: (status: string, receivedAt = memory.clock.now()) =>
      call(
        memory,
        protocol,
        'ReservationStatusUpdate',
        { reservationId: 12, reservationUpdateStatus: status },
        receivedAt,
      ),
  };
}

const known = (memory: Memory, id = 12) => memory.reservations.items.get(`CP1/${id}`);
const statusOf = (memory: Memory, id = 12) => stateOf(known(memory, id) as Reservation)?.status;
const told = (memory: Memory) => {
  const events = new Map(memory.events.named('reservation-status').map((event) => [event.id, event.status]));
  return [...events.values()];
};

describe.each(protocols)('%s H01, H02/5.13 ReserveNow', (protocol) => {
  it('TC_046 that is accepted is active, until its time is over', async () => {
    const { reserve, memory, statusOf } = await connected(protocol);
    const at = memory.clock.now().toISOString();
    const expiresAt = new Date(memory.clock.millis + hour).toISOString();
    expect(await reserve()).toBe('accepted');
    expect(known(memory)?.asked).toEqual({
      ...{ at, expiresAt, commandId: 'ask-1', evseId: 1, idToken: 'TAG', groupIdToken: 'GROUP' },
    });
    expect([statusOf(), told(memory)]).toEqual(['Active', ['Active']]);
  });

  it('may be for any EVSE', async () => {
    const { reserve, memory } = await connected(protocol);
    await reserve(12, 'Accepted', 0);
    expect(known(memory)?.asked).not.toHaveProperty('evseId');
  });

  it.each(['Faulted', 'Occupied', 'Rejected', 'Unavailable'])('%s is none', async (status) => {
    const { reserve, memory, statusOf } = await connected(protocol);
    expect(await reserve(12, status)).toBe('rejected');
    expect([statusOf(), told(memory)]).toEqual([status, [status]]);
    expect(await memory.reservations.due(new Date(memory.clock.millis + 2 * hour), 10)).toEqual([]);
  });

  it('with the number of one that there is replaces it, unless it is refused', async () => {
    const { reserve, memory, statusOf } = await connected(protocol);
    await reserve();
    await reserve(12, 'Accepted', 2);
    expect(known(memory)?.asked).toMatchObject({ evseId: 2, commandId: 'ask-2' });
    await reserve(12, 'Occupied', 3);
    expect([statusOf(), known(memory)?.asked?.evseId]).toEqual(['Active', 2]);
  });

  it('leaves the same when its answer is told twice, and is told again', async () => {
    const { reserve, reply, memory } = await connected(protocol);
    await reserve();
    const once = structuredClone(memory.reservations.items);
    await reply('ask-1', { status: 'Accepted' }, 5);
    expect(memory.reservations.items).toEqual(once);
    expect(memory.events.named('reservation-status')).toHaveLength(1 + 1);
    expect(told(memory)).toEqual(['Active']);
  });

  it('that is answered late, after it was used, is used', async () => {
    const { askFor, reply, start, statusOf, memory } = await connected(protocol);
    const id = await askFor();
    memory.clock.advance(1_000);
    await start(12);
    await reply(id, { status: 'Accepted' }, 1);
    expect(statusOf()).toBe('Used');
    expect(known(memory)?.asked).toBeDefined();
    expect(told(memory)).toEqual(['Used']);
  });
});

describe.each(protocols)('%s H02/5.2 CancelReservation', (protocol) => {
  it('TC_049 that is accepted ends it', async () => {
    const { reserve, cancel, statusOf, memory } = await connected(protocol);
    await reserve();
    expect(await cancel()).toBe('accepted');
    expect([statusOf(), told(memory)]).toEqual(['Cancelled', ['Active', 'Cancelled']]);
  });

  it('sent again and rejected ends it: the first, of which no answer came, was heard', async () => {
    const { reserve, ask, memory, reply, statusOf } = await connected(protocol);
    await reserve();
    const id = await ask('CancelReservation', { reservationId: 12 });
    await chargePoint(memory, 'CP1', protocol).connect('c2');
    await elapse(memory, 31_000);
    const again = JSON.parse(memory.sockets.frames('c2').at(-1) ?? 'null');
    expect(again).toEqual([2, expect.any(String), 'CancelReservation', { reservationId: 12 }]);
    await reply(again[1], { status: 'Rejected' }, 1, 'c2');
    expect(memory.commands.items.get(`CP1/${id}`)?.status).toBe('accepted');
    expect([statusOf(), told(memory)]).toEqual(['Cancelled', ['Active', 'Cancelled']]);
  });

  it('that is rejected changes nothing', async () => {
    const { reserve, cancel, statusOf } = await connected(protocol);
    await reserve();
    expect(await cancel(12, 'Rejected')).toBe('rejected');
    expect(statusOf()).toBe('Active');
  });

  it('ends none that was asked for after it, however late it is told', async () => {
    const { reserve, cancel, reply, statusOf, memory } = await connected(protocol);
    await reserve();
    await cancel();
    memory.clock.advance(1_000);
    await reserve();
    await reply('ask-2', { status: 'Accepted' }, 1);
    expect(statusOf()).toBe('Active');
  });
});

describe.each(protocols)('%s H03/4.8 a transaction that names a reservation', (protocol) => {
  it('TC_047 uses it', async () => {
    const { reserve, start, statusOf, memory } = await connected(protocol);
    await reserve();
    memory.clock.advance(1_000);
    await start(12);
    const [transaction] = memory.transactions.items.values();
    expect(statusOf()).toBe('Used');
    expect(known(memory)?.uses).toMatchObject([{ transactionId: transaction?.transactionId }]);
    expect(memory.events.named('reservation-status').at(-1)).toMatchObject({
      ...{ reservationId: 12, status: 'Used', idToken: 'TAG', evseId: 1, transactionId: transaction?.transactionId },
    });
  });

  it('is the first that did, when it is told again', async () => {
    const { reserve, start, memory } = await connected(protocol);
    await reserve();
    await start(12);
    const once = stateOf(known(memory) as Reservation);
    memory.clock.advance(1_000);
    await start(12);
    expect(stateOf(known(memory) as Reservation)).toEqual(once);
  });

  it('uses it also when it began offline, and is told after its time was over', async () => {
    const { reserve, start, statusOf, memory } = await connected(protocol);
    await reserve();
    memory.clock.advance(hour);
    await sweep(memory);
    expect(statusOf()).toBe('Expired');
    await start(12);
    expect([statusOf(), told(memory)]).toEqual(['Used', ['Active', 'Expired', 'Used']]);
  });

  it('0 is the name of none', async () => {
    const { start, memory } = await connected(protocol);
    await start(0);
    expect(memory.reservations.items.size).toBe(0);
  });
});

describe.each(protocols)('%s H04 the time of a reservation', (protocol) => {
  it('TC_048 is over when it is: the sweep tells, once', async () => {
    const { reserve, statusOf, memory } = await connected(protocol);
    await reserve();
    memory.clock.advance(hour - 1);
    await sweep(memory);
    expect(statusOf()).toBe('Active');
    memory.clock.advance(1);
    await sweep(memory);
    await sweep(memory);
    expect(statusOf()).toBe('Expired');
    expect(memory.events.named('reservation-status').map(({ status }) => status)).toEqual(['Active', 'Expired']);
  });

  it('is told by the next sweep when the first is interrupted', async () => {
    const { reserve, statusOf, memory } = await connected(protocol);
    await reserve();
    memory.clock.advance(hour);
    const { emit } = memory.events;
    memory.events.emit = () => Promise.reject(new Error('throttled'));
    await expect(sweep(memory)).rejects.toThrow('throttled');
    memory.events.emit = emit;
    await sweep(memory);
    expect([statusOf(), told(memory)]).toEqual(['Expired', ['Active', 'Expired']]);
  });

  it('ends none that ended otherwise', async () => {
    const { reserve, cancel, memory, statusOf } = await connected(protocol);
    await reserve();
    await cancel();
    memory.clock.advance(2 * hour);
    await sweep(memory);
    expect(statusOf()).toBe('Cancelled');
  });
});

describe.each(v2x)('%s ReservationStatusUpdate', (protocol) => {
  it.each(['Expired', 'Removed'])('H01, H04: that it is %s is kept, and told', async (status) => {
    const { reserve, update, statusOf, memory } = await connected(protocol);
    await reserve();
    memory.clock.advance(1_000);
    expect(await update(status)).toEqual([3, 'm1', {}]);
    expect([statusOf(), told(memory)]).toEqual([status, ['Active', status]]);
  });

  it('of one that nobody asked for is kept as well', async () => {
    const { update, statusOf } = await connected(protocol);
    await update('Removed');
    expect(statusOf()).toBe('Removed');
  });

  it('that comes late changes nothing, and is not told', async () => {
    const { update, statusOf, memory } = await connected(protocol);
    const before = memory.clock.now();
    memory.clock.advance(1_000);
    await update('Removed');
    await update('Expired', before);
    expect([statusOf(), told(memory)]).toEqual(['Removed', ['Removed']]);
  });

  it('that says what the sweep has told already is no news', async () => {
    const { reserve, update, memory } = await connected(protocol);
    await reserve();
    memory.clock.advance(hour);
    await sweep(memory);
    memory.clock.advance(1_000);
    await update('Expired');
    expect(told(memory)).toEqual(['Active', 'Expired']);
  });
});

it('ocpp2.1 ReservationStatusUpdate: knows that there was no transaction', async () => {
  const { reserve, update, statusOf } = await connected('ocpp2.1');
  await reserve();
  await update('NoTransaction');
  expect(statusOf()).toBe('NoTransaction');
});

describe('what is told of a reservation', () => {
  const at = (second: number) => new Date(Date.UTC(2026, 0, 1) + second * 1_000).toISOString();
  const request = { commandId: 'c1', idToken: 'TAG', expiresAt: '2027-01-01T00:00:00Z' };
  const makers: ((second: number) => Fact)[] = [
    (second) => ({ asked: { ...request, at: at(second) } }),
    (second) => ({ refused: { ...request, at: at(second), status: 'Occupied' } }),
    (second) => ({ cancelled: { at: at(second) } }),
    (second) => ({ used: { at: at(second), transactionId: `t${second % 3}` } }),
    (second) => ({ told: { at: at(second), status: 'Removed' } }),
  ];
  const facts = fc
    .array(fc.constantFrom(...makers), { minLength: 1, maxLength: 9 })
    .map((all) => all.map((make, second) => make(second)));
  const shuffled = facts.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length })),
  );

  it('leaves the same in whatever order it comes, and however often', async () => {
    const tellAll = async (all: Fact[]) => {
      const memory = inMemory();
      for (const fact of all) await tellOf(12, fact, { ...memory, chargePointId: 'CP1' });
      return known(memory);
    };
    await fc.assert(
      fc.asyncProperty(shuffled, async ([all, inAnyOrder]) => {
        expect(await tellAll(inAnyOrder)).toEqual(await tellAll(all));
      }),
    );
  });

  it('is of the newest request: what ended a former one of its number is past', async () => {
    const memory = inMemory();
    const [asked, , cancelled, used] = makers as [
      (second: number) => Fact,
      unknown,
      (typeof makers)[0],
      (typeof makers)[0],
    ];
    for (const fact of [asked(1), used(2), cancelled(3), asked(4)]) {
      await tellOf(12, fact, { ...memory, chargePointId: 'CP1' });
    }
    expect(statusOf(memory)).toBe('Active');
    await tellOf(12, used(6), { ...memory, chargePointId: 'CP1' });
    expect(stateOf(known(memory) as Reservation)).toEqual({ status: 'Used', since: at(6), transactionId: 't0' });
  });
});
