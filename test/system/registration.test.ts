import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { clientsOf, tableName } from './cloud.js';
import { dial, type Socket } from './socket.js';
import { testSystem } from './system.js';

const csms = testSystem();
const chargingStation = { model: 'Wallbox', vendorName: 'Acme' };

/** What an operator does by hand. */
async function decide(chargePointId: string, registrationStatus: string): Promise<void> {
  await clientsOf(csms.system.account).dynamodb.send(
    new UpdateCommand({
      TableName: tableName(csms.system.stack, 'ChargePointsTable'),
      Key: { chargePointId },
      UpdateExpression: 'SET registrationStatus = :status',
      ExpressionAttributeValues: { ':status': registrationStatus },
    }),
  );
}

/** The code that a CALL is refused with. */
async function refused(socket: Socket, messageId: string, action: string): Promise<unknown> {
  socket.send(JSON.stringify([2, messageId, action, {}]));
  const [type, answered, code] = await socket.frame();
  expect([type, answered]).toEqual([4, messageId]);
  return code;
}

it('B02, B03: a charge point is Rejected, then Pending, then Accepted', async () => {
  const identity = await csms.thing();
  await decide(identity, 'Rejected');
  const connected = csms.message(`${identity}/events/connected`);
  const socket = await dial(`${csms.url}${identity}`);
  await csms.advance(1_000);
  await connected;
  const boot = () => socket.call('BootNotification', { reason: 'PowerUp', chargingStation });
  const mqtt = await csms.mqttClient();
  const ask = (id: string, action: string, payload: object) =>
    mqtt.publishAsync(`${identity}/out`, JSON.stringify([2, id, action, payload]), { qos: 1 });

  expect(await boot()).toMatchObject({ status: 'Rejected' });
  // Each of the function's environments thinks the same.
  for (const id of ['h1', 'h2', 'h3']) expect(await refused(socket, id, 'Heartbeat')).toBe('SecurityError');
  await ask('trigger', 'TriggerMessage', { requestedMessage: 'Heartbeat' });
  await csms.system.account.clock.idle();
  expect(socket.untaken).toBe(0);

  await decide(identity, 'Pending');
  expect(await boot()).toMatchObject({ status: 'Pending' });
  await csms.advance(2_000);
  expect(await socket.frame()).toMatchObject([2, 'trigger', 'TriggerMessage', {}]);
  const settled = csms.event(identity, 'command-settled');
  socket.send('[3,"trigger",{"status":"Accepted"}]');
  expect(await settled).toMatchObject({ commandId: 'trigger', status: 'accepted' });
  expect(await socket.call('Heartbeat')).toHaveProperty('currentTime');
  expect(await refused(socket, 's1', 'StatusNotification')).toBe('SecurityError');
  const stopped = csms.event(identity, 'command-settled');
  await ask('stop', 'RequestStopTransaction', { transactionId: 't1' });
  expect(await stopped).toMatchObject({ commandId: 'stop', status: 'failed' });

  await decide(identity, 'Accepted');
  expect(await boot()).toMatchObject({ status: 'Accepted' });
  for (let i = 0; i < 3; i++) expect(await socket.call('Heartbeat')).toHaveProperty('currentTime');
});
