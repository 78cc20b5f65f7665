import assert from 'node:assert/strict';
import { DeleteThingCommand } from '@aws-sdk/client-iot';
import { GetThingShadowCommand } from '@aws-sdk/client-iot-data-plane';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { around, clientsOf, tableName } from '../../system/cloud.js';
import { within } from '../../system/system.js';
import type { Trial } from './trial.js';

const second = 1_000;
const minute = 60 * second;

const boot = { reason: 'PowerUp', chargingStation: { model: 'Wallbox', vendorName: 'Acme' } };
const status = { timestamp: '2026-05-01T10:00:00Z', connectorStatus: 'Available', evseId: 1, connectorId: 1 };

/** What a charge point of each version says first. */
const reports: Record<string, Record<string, object>> = {
  'ocpp1.6': {
    BootNotification: { chargePointModel: 'Wallbox', chargePointVendor: 'Acme' },
    StatusNotification: { connectorId: 1, errorCode: 'NoError', status: 'Available' },
  },
  'ocpp2.0.1': { BootNotification: boot, StatusNotification: status },
  'ocpp2.1': { BootNotification: boot, StatusNotification: status },
};

const itemOf = (record: object) => ({ itemIdentifier: (record as { messageId: string }).messageId });

/** What a stage is there for, one after the other. */
export const script: [name: string, step: (trial: Trial) => Promise<void>][] = [
  [
    'a stranger is refused',
    async ({ dial, expect }) => {
      expect(/handshake refused.*"chargePointId":"stranger"/);
      await assert.rejects(dial('stranger'), { status: 404 });
    },
  ],
  [
    'a charge point of each version boots, beats and reports',
    async ({ account, connected, call, events }) => {
      for (const [version, { BootNotification = {}, StatusNotification = {} }] of Object.entries(reports)) {
        const { identity, socket } = await connected(version);
        const answer = await call(socket, 'BootNotification', BootNotification);
        assert.equal(answer.status, 'Accepted');
        assert.ok(Number(answer.interval) >= 270 && Number(answer.interval) <= 330, `interval ${answer.interval}`);
        assert.ok((await call(socket, 'Heartbeat', {})).currentTime);
        await call(socket, 'StatusNotification', StatusNotification);
        assert.equal(events(identity, 'connector-status').length, 1, 'no event connector-status');
        const shadow = await clientsOf(account).iotData.send(new GetThingShadowCommand({ thingName: identity }));
        assert.deepEqual(JSON.parse(Buffer.from(shadow.payload ?? []).toString()).state.reported, BootNotification);
      }
    },
  ],
  [
    'a token may charge when it is known',
    async ({ account, stack, connected, call }) => {
      const { socket } = await connected();
      const infoOf = async (idToken: string) =>
        (await call(socket, 'Authorize', { idToken: { idToken, type: 'ISO14443' } })).idTokenInfo;
      assert.deepEqual(await infoOf('04a2b3'), { status: 'Unknown' });
      const TableName = tableName(stack, 'IdTokensTable');
      await clientsOf(account).dynamodb.send(new PutCommand({ TableName, Item: { idToken: '04A2B3' } }));
      assert.deepEqual(await infoOf('04a2b3'), { status: 'Accepted' });
    },
  ],
  [
    'what is no frame is answered',
    async ({ connected, frame, expect }) => {
      const { socket } = await connected();
      expect(/message .*"text":"no frame"/);
      socket.send('no frame');
      assert.deepEqual((await frame(socket)).slice(0, 3), [4, '-1', 'RpcFrameworkError']);
    },
  ],
  [
    'commands are sent one after another, and settled',
    async ({ account, connected, publish, frame, events }) => {
      const { identity, socket } = await connected();
      for (const id of ['c1', 'c2', 'c3', 'c4']) await publish(identity, 'out', [2, id, 'ClearCache', {}]);
      const settled = () => events(identity, 'command-settled').map(({ commandId, status }) => [commandId, status]);
      assert.equal((await frame(socket))[1], 'c1');
      assert.equal(socket.untaken, 0, 'a second CALL before the first is answered');
      socket.send('[3,"c1",{"status":"Accepted"}]');
      assert.equal((await frame(socket))[1], 'c2');
      assert.deepEqual(settled(), [['c1', 'accepted']]);
      // Nobody answers it in time.
      await account.clock.advance(minute);
      assert.equal((await frame(socket))[1], 'c3');
      socket.send('[3,"c3",{"status":"Accepted"}]');
      assert.equal((await frame(socket))[1], 'c4');
    },
  ],
  [
    'a command whose time is over makes room for the next, though its timer is late',
    async ({ account, connected, publish, frame }) => {
      const { identity, socket } = await connected();
      await publish(identity, 'out', [2, 'c1', 'ClearCache', {}]);
      assert.equal((await frame(socket))[1], 'c1');
      let areLate = true;
      around(account, async ({ functionName, event: { Records = [] } }, proceed) =>
        areLate && functionName === 'timers' ? { batchItemFailures: Records.map(itemOf) } : proceed(),
      );
      await account.clock.advance(31 * second);
      await publish(identity, 'out', [2, 'c2', 'ClearCache', {}]);
      assert.equal((await frame(socket))[1], 'c2');
      areLate = false;
    },
  ],
  [
    'what timers were to do is done by the sweep when they are lost',
    async ({ account, connected, publish, frame, events }) => {
      const { identity, socket } = await connected();
      let areLost = true;
      around(account, async ({ functionName }, proceed) =>
        areLost && functionName === 'timers' ? { batchItemFailures: [] } : proceed(),
      );
      for (const id of ['c1', 'c2']) await publish(identity, 'out', [2, id, 'ClearCache', {}]);
      assert.equal((await frame(socket))[1], 'c1');
      await account.clock.advance(6 * minute);
      assert.equal((await frame(socket))[1], 'c2');
      assert.equal(events(identity, 'command-settled')[0]?.status, 'timed-out');
      areLost = false;
    },
  ],
  [
    'a frame of somebody else is one of the current connection',
    async ({ connected, publish, frame }) => {
      const { identity, socket } = await connected();
      await publish(identity, 'in', [2, 'by-hand', 'Heartbeat', {}]);
      assert.equal((await frame(socket))[1], 'by-hand');
    },
  ],
  [
    'a boot that is older than the last is taken in, and its answer comes too late',
    async ({ connected, call, publish, expect }) => {
      const { identity, socket } = await connected();
      await call(socket, 'BootNotification', boot);
      expect(/frame not delivered: too late.*late/);
      const origin = { connectionId: 'L0SM9cOFvHcCIhw=', protocol: 'ocpp2.0.1', receivedAt: '1' };
      await publish(identity, 'in', [2, 'late', 'BootNotification', boot], origin);
    },
  ],
  [
    'a charge point whose mirror is lost is looked up',
    async ({ account, stack, register, dial, call }) => {
      const identity = await register();
      const TableName = tableName(stack, 'ChargePointsTable');
      await clientsOf(account).dynamodb.send(new PutCommand({ TableName, Item: { chargePointId: identity } }));
      await call(await dial(identity), 'Heartbeat', {});
    },
  ],
  [
    'a frame that is too large closes the socket, and is told',
    async ({ account, connected, events }) => {
      const { identity, socket } = await connected();
      socket.send('x'.repeat(33 * 1024));
      assert.equal((await within('the close', socket.closed)).code, 1009);
      await account.clock.idle();
      assert.equal(events(identity, 'frame-too-large').length, 1, 'no event frame-too-large');
    },
  ],
  [
    'a new connection closes the one before it',
    async ({ account, connected, dial, call }) => {
      const { identity, socket } = await connected();
      const other = await dial(identity);
      await account.clock.advance(3 * second);
      assert.equal((await within('the close', socket.closed)).code, 1000);
      await call(other, 'Heartbeat', {});
    },
  ],
  [
    'a connection that is old is closed',
    async ({ account, connected, call }) => {
      const { socket } = await connected();
      await account.clock.advance(115 * minute);
      await call(socket, 'Heartbeat', {});
      await account.clock.advance(5 * second);
      assert.equal((await within('the close', socket.closed)).code, 1000);
    },
  ],
  [
    'that a charge point is gone is told after a minute',
    async ({ account, connected, events }) => {
      const { identity, socket } = await connected();
      await socket.close();
      await account.clock.advance(2 * minute);
      assert.equal(events(identity, 'disconnected').length, 1, 'no event disconnected');
    },
  ],
  [
    "a deleted thing's socket is closed",
    async ({ account, connected }) => {
      const { identity, socket } = await connected();
      await clientsOf(account).iot.send(new DeleteThingCommand({ thingName: identity }));
      assert.equal((await within('the close', socket.closed)).code, 1000);
    },
  ],
  [
    'what a function fails to do is kept',
    async ({ account, publish, waiting, expect }) => {
      expect(/(csms|deliver|registry): .*Error/);
      const unknown = { protocol: 'ocpp0' };
      await publish('CP1', 'in', [2, 'm', 'Heartbeat', {}], unknown);
      await publish('CP1', 'out', [3, 'm', {}], unknown);
      const topic = '$aws/events/thing/CP1/created';
      await account.iot.broker.publish({ topic, payload: Buffer.from('{}'), qos: 1, userProperties: [] });
      await account.clock.advance(5 * minute);
      const failed = waiting('FailuresQueue').map((body) =>
        JSON.parse(body).requestContext.functionArn.split(/[-:]/).at(-2),
      );
      assert.deepEqual(failed.sort(), ['csms', 'deliver', 'registry']);
      assert.deepEqual(waiting('TimersDeadLetterQueue'), []);
    },
  ],
  [
    'no role grants what nobody needed',
    async ({ account }) => {
      const unused = account.iam.grants().filter(({ isUsed }) => !isUsed);
      assert.deepEqual(
        unused.map(({ role, action, resource }) => `${role}: ${action} on ${resource}`),
        [],
      );
    },
  ],
];
