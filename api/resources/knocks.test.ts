import { beforeEach, describe, expect, it } from 'vitest';
import type { Knock } from '../../csms/knocks/ports.js';
import { apiInMemory, now } from '../../test/memory/api.js';

let world: Awaited<ReturnType<typeof apiInMemory>>;
beforeEach(async () => {
  world = await apiInMemory();
});
const knock = (chargePointId: string, more: Partial<Knock> = {}) =>
  world.ports.knocks.add({ chargePointId, code: 'not-registered', at: now, hasCredentials: false, ...more }, 2);
const ask: (typeof world)['ask'] = (...about) => world.ask(...about);

describe('knocks', () => {
  it('are of those that nobody has registered, if nothing else is asked for', async () => {
    await knock('CP7', { address: '192.0.2.7', subprotocols: 'ocpp1.6', userAgent: 'Wallbox/1.0' });
    await knock('CP8', { code: 'wrong-password' });
    const at = now.toISOString();
    expect((await ask('GET /knocks', { who: 'viewer' })).body.items).toEqual([
      {
        ...{ chargePointId: 'CP7', code: 'not-registered', firstAt: at, lastAt: at, times: 2, hasCredentials: false },
        ...{ address: '192.0.2.7', subprotocols: 'ocpp1.6', userAgent: 'Wallbox/1.0' },
      },
    ]);
    const { items } = (await ask('GET /knocks?code=wrong-password')).body;
    expect(items.map(({ chargePointId }: Knock) => chargePointId)).toEqual(['CP8']);
    expect(await ask('GET /knocks?code=command-expired')).toMatchObject({ status: 400 });
  });

  it('of one are told whoever it is, for each reason', async () => {
    await knock('CP 7');
    await knock('CP 7', { code: 'no-common-subprotocol' });
    const { items } = (await ask('GET /charge-points/CP%207/knocks')).body;
    expect(items.map(({ code }: Knock) => code)).toEqual(['no-common-subprotocol', 'not-registered']);
    expect((await ask('GET /charge-points/nobody/knocks')).body.items).toEqual([]);
  });
});

describe('to accept a knock', () => {
  it('registers the charge point, with what is said of it', async () => {
    await knock('CP7');
    const { status, body, headers } = await ask('POST /knocks/CP7/accept', {
      who: 'operator',
      body: { displayName: 'Gate 7', site: 'North', labels: ['fast'] },
    });
    expect({ status, body }).toEqual({
      status: 201,
      body: { chargePointId: 'CP7', displayName: 'Gate 7', site: 'North', labels: ['fast'], hasPassword: false },
    });
    expect(headers.get('location')).toBe('/api/v1/charge-points/CP7');
    expect(world.ports.registry.things.get('CP7')).toEqual({ namespace: world.ports.stage.namespace });
    expect((await ask('GET /charge-points/CP7')).status).toBe(200);
  });

  it('gives it a password, when an admin says so, which is kept nowhere', async () => {
    await knock('CP7');
    const refused = await ask('POST /knocks/CP7/accept', { who: 'operator', body: { password: true } });
    expect(refused).toMatchObject({ status: 403, body: { code: 'role-too-low' } });
    expect((await ask('GET /charge-points/CP7')).status).toBe(404);
    const { status, body } = await ask('POST /knocks/CP7/accept', { body: { password: true } });
    expect({ status, body }).toMatchObject({ status: 201, body: { hasPassword: true } });
    expect(body.password).toMatch(/^[0-9a-f]{40}$/);
    expect((await ask('GET /charge-points/CP7')).body.hasPassword).toBe(true);
    expect(JSON.stringify([...world.ports.audit.entries.values()])).not.toContain(body.password);
  });

  it.each([
    ['that never came', 'CP9', 404, 'knock-unknown'],
    ['that is registered', 'CP1', 409, 'charge-point-exists'],
    ['that is of another stage', 'CP8', 409, 'thing-elsewhere'],
    ['by a name that no thing can have', 'CP%207', 400, 'bad-parameter'],
  ])('%s is refused', async (_, id, status, code) => {
    await ask('POST /charge-points', { body: { chargePointId: 'CP1' } });
    await world.ports.things.create('CP8', 'another');
    await knock('CP8', { code: 'other-namespace' });
    await knock('CP 7');
    expect(await ask(`POST /knocks/${id}/accept`, { body: {} })).toMatchObject({ status, body: { code } });
  });

  it('needs role operator', async () => {
    await knock('CP7');
    expect(await ask('POST /knocks/CP7/accept', { who: 'viewer', body: {} })).toMatchObject({ status: 403 });
  });
});
