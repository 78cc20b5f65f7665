import assert from 'node:assert/strict';
import { GetThingShadowCommand } from '@aws-sdk/client-iot-data-plane';
import { clientsOf, connectionRecord } from '../../../system/cloud.js';
import { boot } from '../boot.js';
import type { Step } from '../trial.js';

const timestamp = '2026-05-01T10:00:00Z';
const status = { timestamp, connectorStatus: 'Available', evseId: 1, connectorId: 1 };

/** What a charge point of each version says first. */
const reports: Record<string, Record<string, object>> = {
  'ocpp1.6': {
    BootNotification: { chargePointModel: 'Wallbox', chargePointVendor: 'Acme' },
    StatusNotification: { connectorId: 1, errorCode: 'NoError', status: 'Available' },
  },
  'ocpp2.0.1': { BootNotification: boot, StatusNotification: status },
  'ocpp2.1': { BootNotification: boot, StatusNotification: status },
};

/** What charge points say, what they are answered, and what is kept of it. */
export const messages: Step[] = [
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
    async ({ connected, call, put }) => {
      const { socket } = await connected();
      const infoOf = async (idToken: string) =>
        (await call(socket, 'Authorize', { idToken: { idToken, type: 'ISO14443' } })).idTokenInfo;
      assert.deepEqual(await infoOf('04a2b3'), { status: 'Unknown' });
      await put('IdTokensTable', { idToken: '04A2B3' });
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
    'what a charge point says is kept',
    async ({ account, connected, call, events, put }) => {
      const { identity, socket } = await connected();
      await put('IdTokensTable', { idToken: 'ONCE', oneTransaction: true });
      const start = (transactionId: string, id: number) =>
        call(socket, 'TransactionEvent', {
          ...{ eventType: 'Started', triggerReason: 'Authorized', seqNo: 0, reservationId: 7 },
          timestamp: new Date(account.clock.now()),
          ...{ transactionInfo: { transactionId }, evse: { id }, idToken: { idToken: 'ONCE', type: 'ISO14443' } },
          meterValue: [{ timestamp, sampledValue: [{ value: 1 }] }],
        });
      assert.deepEqual(await start('first', 1), { idTokenInfo: { status: 'Accepted' } });
      assert.deepEqual(await start('second', 2), { idTokenInfo: { status: 'ConcurrentTx' } });
      const variableAttribute = [{ value: 'Wallbox' }];
      const reportData = [{ component: { name: 'ChargingStation' }, variable: { name: 'Model' }, variableAttribute }];
      await call(socket, 'NotifyReport', { requestId: 1, seqNo: 0, generatedAt: timestamp, reportData });
      await call(socket, 'SecurityEventNotification', { type: 'ResetOrReboot', timestamp });
      await call(socket, 'NotifyChargingLimit', { chargingLimit: { chargingLimitSource: 'EMS' } });
      for (const name of ['transaction-started', 'report-complete', 'security-event', 'charging-limit']) {
        assert.ok(events(identity, name).length > 0, `no event ${name}`);
      }
    },
  ],
  [
    'what a charge point streams is kept, and not answered',
    async ({ account, connected }) => {
      const { socket } = await connected('ocpp2.1');
      const values = { id: 1, pending: 0, basetime: timestamp, data: [{ t: 0, v: '21.5' }] };
      socket.send(JSON.stringify([6, 'values', 'NotifyPeriodicEventStream', values]));
      await account.clock.idle();
      assert.equal(socket.untaken, 0, 'an answer to a SEND');
    },
  ],
  [
    'a frame with money in it is kept when it can not be understood',
    async ({ connected, frame, events, expect }) => {
      const { identity, socket } = await connected();
      expect(/message .*cut-off/);
      socket.send('[2,"cut-off","TransactionEvent",{');
      assert.deepEqual((await frame(socket)).slice(0, 3), [4, 'cut-off', 'RpcFrameworkError']);
      socket.send('[2,"wrong","TransactionEvent",{}]');
      assert.deepEqual((await frame(socket)).slice(0, 3), [4, 'wrong', 'OccurrenceConstraintViolation']);
      assert.equal(events(identity, 'frame-kept').length, 2, 'two events frame-kept');
    },
  ],
  [
    'an answer that was held back is sent when nobody else has answered',
    async ({ account, stack, connected, frame, timer }) => {
      const { identity, socket } = await connected();
      const { current } = (await connectionRecord({ account, stack }, identity)) ?? {};
      const asked = { protocol: 'ocpp2.0.1', receivedAt: new Date(account.clock.now()), ...current };
      await timer({ kind: 'answer', chargePointId: identity, due: 0, frame: '[3,"held",{}]', ...asked });
      assert.deepEqual(await frame(socket), [3, 'held', {}]);
    },
  ],
];
