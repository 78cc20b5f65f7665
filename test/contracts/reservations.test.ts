import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Reservation, Reservations } from '../../csms/reservations/ports.js';
import { MemoryReservations } from '../memory/reservations.js';
import { atOnce } from '../memory/turn.js';
import { item, startDynamoDb } from './dynamodb.js';

let ids = 0;
const nextId = () => `CP${++ids}`;
const at = '2026-01-02T03:04:05.000Z';
const expiresAt = '2026-01-02T04:04:05.000Z';

const reservation = (chargePointId: string, reservationId = 1, until = expiresAt): Reservation => ({
  ...{ chargePointId, reservationId },
  asked: { at, commandId: 'c1', evseId: 1, idToken: 'TAG', groupIdToken: 'GROUP', expiresAt: until },
});
const cancelled = { cancelled: { at: expiresAt } };

function contract(make: () => Promise<Reservations>) {
  let reservations: Reservations;
  beforeAll(async () => {
    reservations = await make();
  });
  const put = (one: Reservation) => reservations.change(one.chargePointId, one.reservationId, () => one);

  it('knows nothing of one that nobody told of', async () => {
    const chargePointId = nextId();
    expect(await reservations.find(chargePointId, 1)).toBeUndefined();
    expect(await reservations.list(chargePointId)).toEqual([]);
    expect(await reservations.change(chargePointId, 1, () => undefined)).toBeUndefined();
  });

  it('keeps all that is known of one, and those of two charge points apart', async () => {
    const one = { ...reservation(nextId(), 2 ** 31 - 1), uses: [{ at, transactionId: 't1' }], expiredAt: expiresAt };
    expect(await put(one)).toEqual(one);
    expect(await reservations.find(one.chargePointId, 2 ** 31 - 1)).toEqual(one);
    expect(await reservations.find(nextId(), 2 ** 31 - 1)).toBeUndefined();
  });

  it('lists those of a charge point', async () => {
    const chargePointId = nextId();
    const both = [reservation(chargePointId, 2), reservation(chargePointId, 10)];
    for (const one of [...both, reservation(nextId(), 3)]) await put(one);
    const listed = await reservations.list(chargePointId);
    expect(listed.sort((a, b) => a.reservationId - b.reservationId)).toEqual(both);
  });

  it('loses no change of several at once', async () => {
    const chargePointId = nextId();
    const facts: Partial<Reservation>[] = [
      cancelled,
      { uses: [{ at, transactionId: 't1' }] },
      { expiredAt: expiresAt },
    ];
    const tell = (fact: Partial<Reservation>) =>
      reservations.change(chargePointId, 1, (known = reservation(chargePointId)) => ({ ...known, ...fact }));
    await Promise.all(facts.map(tell));
    expect(await reservations.find(chargePointId, 1)).toEqual(Object.assign(reservation(chargePointId), ...facts));
  });

  it('knows which are active though their time is over, wherever they are, the longest first', async () => {
    const [one, other] = [nextId(), nextId()];
    const early = '2020-01-01T00:00:00.000Z';
    const earlier = '2019-01-01T00:00:00.000Z';
    await put(reservation(one, 1, early));
    await put(reservation(other, 2, earlier));
    await put({ ...reservation(one, 3, early), ...cancelled });
    const due = async (now: string, limit = 10) =>
      (await reservations.due(new Date(now), limit)).map(({ reservationId }) => reservationId);
    expect(await due(early)).toEqual([2, 1]);
    expect(await due('2019-12-31T23:59:59.999Z')).toEqual([2]);
    expect(await due(early, 1)).toEqual([2]);
  });
}

describe('Reservations in memory', () => contract(async () => new MemoryReservations(atOnce)));

describe('Reservations in DynamoDB', () => {
  let stop: () => Promise<void>;
  beforeAll(async () => {
    stop = await startDynamoDb();
  });
  afterAll(() => stop());
  const store = async () => (await import('../../aws/reservations.js')).dynamoReservations('ReservationsTable');
  contract(store);

  it('are in the index only as long as they are active, and are kept for a month after that', async () => {
    const reservations = await store();
    const active = reservation(nextId());
    const stored = () => item('ReservationsTable', { chargePointId: active.chargePointId, reservationId: 1 });
    const expires = Date.parse(expiresAt) / 1_000 + 30 * 86_400;
    await reservations.change(active.chargePointId, 1, () => active);
    expect(await stored()).toMatchObject({ dueFor: 'expiry', dueAt: expiresAt, expires });
    await reservations.change(active.chargePointId, 1, (known) => known && { ...known, ...cancelled });
    expect(await stored()).not.toHaveProperty('dueFor');
    expect(await stored()).toMatchObject({ expires });
  });
});
