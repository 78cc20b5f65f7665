import { beforeEach, expect, it } from 'vitest';
import type { Reservation } from '../../csms/reservations/ports.js';
import { apiInMemory, furnish } from '../../test/memory/api.js';

let world: Awaited<ReturnType<typeof apiInMemory>>;
beforeEach(async () => {
  world = await apiInMemory();
  await furnish(world);
});

const asked = { at: '2026-05-20T10:00:00.000Z', commandId: 'asked-17', evseId: 1, idToken: '04A2B3' };
const about = { ...asked, expiresAt: '2026-05-20T12:00:00.000Z' };
const later = '2026-05-20T11:00:00.000Z';
const keep = (reservationId: number, more: Partial<Reservation>) =>
  world.ports.reservations.change('CP1', reservationId, () => ({ chargePointId: 'CP1', reservationId, ...more }));
const read = (path = '') => world.ask(`GET /charge-points/CP1/reservations${path}`, { who: 'viewer' });

it.each<[string, Partial<Reservation>, object]>([
  ['Active', { asked: about }, { status: 'Active', since: about.at }],
  ['Used', { asked: about, uses: [{ at: later, transactionId: 'tx-1' }] }, { since: later, transactionId: 'tx-1' }],
  ['Cancelled', { asked: about, cancelled: { at: later } }, { status: 'Cancelled', since: later }],
  ['Expired', { asked: about, expiredAt: later }, { status: 'Expired', since: later }],
  ['Occupied', { refused: { ...about, status: 'Occupied' } }, { status: 'Occupied', since: about.at }],
])('a reservation is %s, and says what it is', async (status, known, state) => {
  await keep(7, known);
  const { at: askedAt, ...wanted } = about;
  expect((await read('/7')).body).toEqual({ reservationId: 7, status, ...state, askedAt, ...wanted });
});

it('those of a charge point are listed, the last asked for first', async () => {
  await keep(18, { asked: { ...about, at: later } });
  await keep(19, { told: { at: later, status: 'Removed' } });
  const { items } = (await read()).body;
  expect(items.map(({ reservationId, status }: Reservation & { status: string }) => [reservationId, status])).toEqual([
    [18, 'Active'],
    [17, 'Active'],
    [19, 'Removed'],
  ]);
});

it.each([
  ['/99', 404, 'reservation-unknown'],
  ['/x', 400, 'bad-parameter'],
])('%s is refused: %d %s', async (path, status, code) => {
  expect((await read(path)).body).toMatchObject({ status, code });
});
