import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../local/clock.js';
import { clientsOf, tableName } from './cloud.js';
import { dial } from './socket.js';
import { eventually, testSystem } from './system.js';

/** Connections are said to be two hours old, so that each message finds its own due for retirement. */
const twoHours = 2 * 60 * 60_000;
const csms = testSystem({ clock: { now: () => systemClock.now() - twoHours, after: systemClock.after } });

/** The permissions that roles of the template grant, and that nothing needed so far. */
const unused = () =>
  csms.system.account.iam
    .grants()
    .filter(({ isUsed }) => !isUsed)
    .map(({ role, action, resource }) => `${role}: ${action} on ${resource}`);

describe("the functions' roles", () => {
  it('grant nothing that nobody needs', async () => {
    const { account, stack, unregister } = csms.system;
    const identity = await csms.thing();

    // A charge point whose mirror is lost is looked up in the registry.
    await eventually('the mirror', () => itemOf('ChargePointsTable', identity));
    const lost = new PutCommand({
      TableName: tableName(stack, 'ChargePointsTable'),
      Item: { chargePointId: identity },
    });
    await clientsOf(account).dynamodb.send(lost);

    const connected = csms.message(`${identity}/events/connected`);
    const socket = await dial(`${csms.url}${identity}`);
    const boot = { reason: 'PowerUp', chargingStation: { model: 'Wallbox', vendorName: 'Acme' } };
    await socket.call('BootNotification', boot);
    const status = { timestamp: '2026-05-01T10:00:00Z', connectorStatus: 'Available', evseId: 1, connectorId: 1 };
    await socket.call('StatusNotification', status);
    socket.send('no frame');
    expect(await socket.text()).toContain('RpcFrameworkError');
    await connected;

    // A frame that says nothing of its connection, and is older than the boot on record.
    const mqtt = await csms.mqttClient();
    await mqtt.publishAsync(`${identity}/in`, JSON.stringify([2, 'late', 'BootNotification', boot]));
    // What the charge point is told of it comes down a socket that may be closed for its age by then.
    await socket.closed;

    const again = await dial(`${csms.url}${identity}`);
    const tooLarge = csms.message(`${identity}/events/frame-too-large`);
    again.send('x'.repeat(33 * 1024));
    await tooLarge;

    const last = await dial(`${csms.url}${identity}`);
    await last.call('Heartbeat');
    // A CALL that anybody publishes goes to whichever connection is the newest.
    await mqtt.publishAsync(`${identity}/out`, JSON.stringify([2, 'asked', 'ClearCache', {}]));
    expect(await last.text()).toContain('ClearCache');
    await unregister(identity);
    await last.closed;

    await eventually('the use of every permission', () => (unused().length === 0 ? true : undefined)).catch(() => {});
    expect(unused()).toEqual([]);
  });
});

async function itemOf(logicalId: string, chargePointId: string): Promise<object | undefined> {
  const { account, stack } = csms.system;
  return account.dynamodb.get(tableName(stack, logicalId), { chargePointId: { S: chargePointId } });
}
