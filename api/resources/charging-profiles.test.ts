import { beforeEach, describe, expect, it } from 'vitest';
import { apiInMemory, furnish } from '../../test/memory/api.js';

let world: Awaited<ReturnType<typeof apiInMemory>>;
beforeEach(async () => {
  world = await apiInMemory();
  await furnish(world);
});

const night = {
  ...{ purpose: 'TxDefaultProfile', kind: 'Recurring', recurrency: 'Daily', stackLevel: 1 },
  schedule: {
    ...{ start: '2026-01-01T22:00:00Z', duration: 86_400, unit: 'A' },
    periods: [
      { start: 0, limit: 32 },
      { start: 28_800, limit: 9.87, phases: 3 },
    ],
  },
};
const put = (name: string, body: object) => world.ask(`PUT /charging-profiles/${name}`, { body, who: 'operator' });
const names = async () =>
  (await world.ask('GET /charging-profiles', { who: 'viewer' })).body.items.map(({ name }: { name: string }) => name);

describe('the library of charging profiles', () => {
  it('has what was put there, by name, and none that was deleted', async () => {
    const { status, headers, body } = await put('~QSBCL0M', night);
    expect([status, headers.get('location')]).toEqual([201, '/api/v1/charging-profiles/~QSBCL0M']);
    expect(body).toEqual({ name: 'A B/C', ...night });
    expect((await world.ask('GET /charging-profiles/~QSBCL0M', { who: 'viewer' })).body).toEqual(body);
    world.ports.clock.advance(1);
    expect((await put('~QSBCL0M', { ...night, stackLevel: 2 })).status).toBe(200);
    expect(await names()).toEqual(['A B/C', 'Night']);
    world.ports.clock.advance(1);
    expect((await world.ask('DELETE /charging-profiles/Night')).status).toBe(204);
    expect(await names()).toEqual(['A B/C']);
  });

  it.each([
    ['what no charge point could mean', { ...night, kind: 'Absolute' }],
    ['a schedule without periods', { ...night, schedule: { ...night.schedule, periods: [] } }],
    ['a word that there is none of', { ...night, purpose: 'TxProfil' }],
    ['a member that there is none of', { ...night, colour: 'red' }],
  ])('refuses %s', async (_what, body) => {
    expect((await put('Wrong', body)).body).toMatchObject({ status: 422, code: 'bad-body' });
    expect(await names()).toEqual(['Night']);
  });

  it.each(['GET', 'DELETE'])('%s of none', async (method) => {
    const { body } = await world.ask(`${method} /charging-profiles/None`);
    expect(body).toMatchObject({ status: 404, code: 'charging-profile-unknown' });
  });

  it('is for operators to change', async () => {
    const { body } = await world.ask('PUT /charging-profiles/Mine', { body: night, who: 'viewer' });
    expect(body.code).toBe('role-too-low');
  });
});

describe('SetChargingProfile of a profile of the library', () => {
  const send = (query: string, body: object, action = 'SetChargingProfile') =>
    world.ask(`POST /charge-points/CP1/commands/${action}${query}`, { body, who: 'operator' });

  it('is made for the version of the charge point, with a number of its own', async () => {
    const { status, body } = await send('?profile=Night', { evseId: 0 });
    expect(status).toBe(202);
    expect(body.payload).toMatchObject({
      evseId: 0,
      chargingProfile: { id: expect.any(Number), stackLevel: 1, chargingSchedule: [{ id: 1, chargingRateUnit: 'A' }] },
    });
    expect(JSON.parse(world.ports.calls.asked[0]?.frame ?? '')[3]).toEqual(body.payload);
  });

  it.each([
    ['?profile=None', { evseId: 0 }, 'SetChargingProfile', 'charging-profile-unknown'],
    ['?profile=Night', { evseId: 'all' }, 'SetChargingProfile', 'bad-body'],
    ['?profile=Night', { evseId: 0, limit: 1 }, 'SetChargingProfile', 'bad-body'],
    ['?profile=Night', {}, 'ClearCache', 'bad-parameter'],
  ])('%s %j of %s is refused: %s', async (query, body, action, code) => {
    expect((await send(query, body, action)).body.code).toBe(code);
    expect(world.ports.calls.asked).toEqual([]);
  });
});
