import { beforeEach, describe, expect, it } from 'vitest';
import { apiInMemory, furnish } from '../test/memory/api.js';
import { operations } from './operations.js';

let world: Awaited<ReturnType<typeof apiInMemory>>;
let token: string;
beforeEach(async () => {
  world = await apiInMemory();
  await furnish(world);
  for (const [chargePointId, site] of [
    ['CP7', 'Depot South'],
    ['CP8', undefined],
  ] as const) {
    await world.ask('POST /charge-points', { body: { chargePointId, site } });
  }
});

async function scoped(scope: object, role = 'operator') {
  token = (await world.ask('POST /api-tokens', { body: { name: 'site', role, scope } })).body.token;
}
const ask = (asked: string, body?: object) =>
  world.ask(asked, { headers: { authorization: `Bearer ${token}` }, ...(body && { body }) });
const statusOf = async (asked: string, body?: object) => (await ask(asked, body)).status;

describe('a token for a site', () => {
  beforeEach(() => scoped({ sites: ['Depot North'] }));

  it.each([
    ['GET /charge-points?site=Depot%20North', undefined, 200],
    ['GET /charge-points/CP1', undefined, 200],
    ['GET /charge-points/CP1/transactions', undefined, 200],
    ['GET /live?chargePointId=CP1', undefined, 200],
    ['POST /charge-points/CP1/commands/ClearCache', {}, 202],
    ['PATCH /charge-points/CP1', { displayName: 'Gate' }, 200],
    ['POST /charge-points', { chargePointId: 'CP9', site: 'Depot North' }, 201],
    ['GET /stage', undefined, 200],
    ['GET /openapi.json', undefined, 200],
  ])('may %s %j', async (asked, body, status) => expect(await statusOf(asked, body)).toBe(status));

  it.each([
    ['GET /charge-points'],
    ['GET /charge-points?site=Depot%20South'],
    ['GET /charge-points/CP7'],
    ['GET /charge-points/CP8'],
    ['GET /charge-points/CP99'],
    ['GET /transactions'],
    ['GET /live'],
    ['GET /live?chargePointId=CP7'],
    ['GET /id-tokens'],
    ['GET /frames'],
    ['POST /charge-points/CP7/commands/ClearCache', {}],
    ['POST /charge-points/CP7/commands/ClearCache', { chargePointId: 'CP1', site: 'Depot North' }],
    ['PATCH /charge-points/CP7', { site: 'Depot North' }],
    ['PATCH /charge-points/CP1', { site: 'Depot South' }],
    ['PATCH /charge-points/CP1', { site: null }],
    ['POST /charge-points', { chargePointId: 'CP9' }],
    ['POST /charge-points', { chargePointId: 'CP9', site: 'Depot South' }],
    ['POST /charge-points', { chargePointId: 'CP7', site: 'Depot North' }],
  ] as [string, object?][])('may not %s %j', async (asked, body) => {
    const before = structuredClone([...world.ports.chargePoints.items]);
    expect(await ask(asked, body)).toMatchObject({ status: 403, body: { code: 'out-of-scope' } });
    expect([...world.ports.chargePoints.items]).toEqual(before);
    expect(world.ports.calls.asked).toEqual([]);
  });
});

it('a token for charge points is for those, wherever they stand', async () => {
  await scoped({ chargePointIds: ['CP8'] });
  expect(await statusOf('GET /charge-points/CP8')).toBe(200);
  expect(await statusOf('PATCH /charge-points/CP8', { site: 'Depot North' })).toBe(200);
  expect(await statusOf('GET /charge-points/CP1')).toBe(403);
  expect(await statusOf('GET /charge-points?site=Depot%20North')).toBe(403);
});

it('an administrator with a scope makes no token without one', async () => {
  await scoped({ sites: ['Depot North'] }, 'admin');
  expect(await statusOf('POST /api-tokens', { name: 'x', role: 'admin' })).toBe(403);
});

describe('of all operations only these are for whoever has a scope, though they name no charge point', () => {
  const open = operations.filter(({ isForAll }) => isForAll).map(({ id }) => id);
  it('the stage and the documents', () => expect(open).toEqual(['getStage', 'getOpenApi', 'getDocs']));
});

it('a scope that names nothing is none', async () => {
  const body = { name: 'x', role: 'viewer', scope: {} };
  expect(await world.ask('POST /api-tokens', { body })).toMatchObject({ status: 422, body: { code: 'bad-body' } });
});

it('the audit trail has the name of the token', async () => {
  await scoped({ sites: ['Depot North'] });
  await ask('PATCH /charge-points/CP1', { displayName: 'Gate' });
  const { body } = await world.ask('GET /audit?about=charge-points/CP1');
  expect(body.items[0]).toMatchObject({
    by: expect.stringMatching(/^token:/),
    byName: 'site',
    path: '/charge-points/CP1',
  });
});
