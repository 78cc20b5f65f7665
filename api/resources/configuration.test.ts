import { beforeEach, expect, it } from 'vitest';
import { apiInMemory, furnish } from '../../test/memory/api.js';

let world: Awaited<ReturnType<typeof apiInMemory>>;
beforeEach(async () => {
  world = await apiInMemory();
  await furnish(world);
});

const ask: (typeof world)['ask'] = (...about) => world.ask(...about);
const path = '/charge-points/CP1/configuration';
const interval = 'OCPPCommCtrlr/HeartbeatInterval';
const desired = () => world.ports.shadows.desired.get('CP1')?.desired;

it('is written into the shadow, beside what is there', async () => {
  const { body } = await ask(`PATCH ${path}`, { who: 'operator', body: { 'ClockCtrlr/TimeZone': 'Europe/Berlin' } });
  expect(desired()).toEqual({ [interval]: '600', 'ClockCtrlr/TimeZone': 'Europe/Berlin' });
  expect(body.items).toEqual([
    { key: 'ClockCtrlr/TimeZone', desired: 'Europe/Berlin', status: 'open' },
    { key: interval, desired: '600', status: 'open' },
  ]);
  expect((await ask(`GET ${path}`)).body).toEqual(body);
});

it('of null is taken back', async () => {
  await ask(`PATCH ${path}`, { body: { [interval]: null, Misspelled: null } });
  expect(desired()).toEqual({});
});

it('in 1.6 has keys of its own', async () => {
  const hardware = { vendor: 'Acme', model: 'Wallbox' };
  const at = new Date(world.ports.clock.millis + 1);
  await world.ports.chargePoints.booted({ chargePointId: 'CP1', protocol: 'ocpp1.6', hardware, at }, 'Accepted');
  await ask(`PATCH ${path}`, { body: { HeartbeatInterval: '300' } });
  expect(desired()).toMatchObject({ HeartbeatInterval: '300' });
});

it.each([
  ['what is no key', { HeartbeatInterval: '300' }, '/HeartbeatInterval', 422],
  ['a password', { 'SecurityCtrlr/BasicAuthPassword': 'secret' }, '/SecurityCtrlr~1BasicAuthPassword', 422],
  ['a number', { [interval]: 300 }, '/OCPPCommCtrlr~1HeartbeatInterval', 422],
])('refuses %s, and says where', async (_, body, pointer, status) => {
  const refused = await ask(`PATCH ${path}`, { body });
  expect(refused).toMatchObject({ status, body: { code: 'bad-body', errors: [{ pointer }] } });
  expect(desired()).toEqual({ [interval]: '600' });
  expect(JSON.stringify([...world.ports.audit.entries.values()])).not.toContain('secret');
});

it('refuses more than a shadow holds', async () => {
  const key = (i: number) => `DisplayMessageCtrlr/Note${i}`;
  const body = Object.fromEntries([1, 2, 3, 4].map((i) => [key(i), 'x'.repeat(2_400)]));
  expect(await ask(`PATCH ${path}`, { body })).toMatchObject({
    status: 422,
    body: { code: 'configuration-too-large' },
  });
});

it('keeps two from overwriting each other', async () => {
  const tag = { 'if-match': String((await ask(`GET ${path}`)).headers.get('etag')) };
  const change = (value: string) => ask(`PATCH ${path}`, { body: { [interval]: value }, headers: tag });
  expect([(await change('1')).status, (await change('2')).status]).toEqual([200, 412]);
  expect(desired()).toEqual({ [interval]: '1' });
});

it('is for operators to change', async () => {
  expect((await ask(`PATCH ${path}`, { who: 'viewer', body: {} })).status).toBe(403);
  expect((await ask(`GET ${path}`, { who: 'viewer' })).status).toBe(200);
});
