import { expect, it } from 'vitest';
import { dial } from './socket.js';
import { testSystem } from './system.js';

const csms = testSystem({ stage: 'withOwnAnswer' });
const outOfTime = 10_000;

async function connected() {
  const identity = await csms.thing();
  const socket = await dial(`${csms.url}${identity}`);
  return { identity, socket, mqtt: await csms.mqttClient() };
}

it('whoever decides elsewhere answers, in 2.0.1', async () => {
  const { socket } = await connected();
  const ask = (idToken: string) => socket.call('Authorize', { idToken: { idToken, type: 'eMAID' } });
  expect(await ask('DE-8AA-C12345678')).toEqual({ idTokenInfo: { status: 'Accepted' } });
  expect(await ask('NL-8AA-C12345678')).toEqual({ idTokenInfo: { status: 'Invalid' } });
});

it('and in 1.6', async () => {
  const identity = await csms.thing();
  const socket = await dial(`${csms.url}${identity}`, { offered: ['ocpp1.6'] });
  expect(await socket.call('Authorize', { idTag: 'DE-1' })).toEqual({ idTagInfo: { status: 'Accepted' } });
});

it('the built-in answer comes when nobody else has answered in time', async () => {
  const { identity, socket } = await connected();
  const event = csms.event(identity, 'data-transfer');
  const answered = socket.call('DataTransfer', { vendorId: 'com.acme' });
  await event;
  await csms.advance(outOfTime + 1_000);
  expect(await answered).toEqual({ status: 'UnknownVendorId' });
});

it('when both answer at once, the charge point hears one of them', async () => {
  const { identity, socket, mqtt } = await connected();
  const event = csms.event(identity, 'data-transfer');
  socket.send('[2,"both","DataTransfer",{"vendorId":"com.acme"}]');
  await event;
  await Promise.all([
    mqtt.publishAsync(`${identity}/out`, '[3,"both",{"status":"Accepted"}]', { qos: 1 }),
    csms.advance(outOfTime + 1_000),
  ]);
  await csms.system.account.clock.idle();
  const heard = await socket.frame();
  expect(heard).toMatchObject([3, 'both', { status: expect.stringMatching(/^(Accepted|UnknownVendorId)$/) }]);
  // What would be a second answer is before this one.
  expect(await socket.call('Heartbeat')).toHaveProperty('currentTime');
});

it('of an error the charge point hears at once', async () => {
  const { socket } = await connected();
  socket.send('[2,"wrong","Authorize",{}]');
  expect((await socket.frame()).slice(0, 3)).toEqual([4, 'wrong', 'OccurrenceConstraintViolation']);
});
