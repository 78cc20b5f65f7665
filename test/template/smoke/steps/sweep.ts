import assert from 'node:assert/strict';
import { UpdateThingShadowCommand } from '@aws-sdk/client-iot-data-plane';
import { around, clientsOf } from '../../../system/cloud.js';
import { boot } from '../boot.js';
import type { Step } from '../trial.js';

const minute = 60_000;
const longAgo = '2020-01-01T00:00:00.000Z';

/** What time decides, and no message tells. */
export const sweep: Step[] = [
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
    'what a shadow desires and nobody answers is told, and kept, by the sweep when timers are lost',
    async ({ account, connected, call, frame, events }) => {
      const { identity, socket } = await connected();
      await call(socket, 'BootNotification', boot);
      let areLost = true;
      around(account, async ({ functionName }, proceed) =>
        areLost && functionName === 'timers' ? { batchItemFailures: [] } : proceed(),
      );
      const payload = JSON.stringify({
        state: { desired: { configuration: { 'OCPPCommCtrlr/HeartbeatInterval': '9' } } },
      });
      await clientsOf(account).iotData.send(new UpdateThingShadowCommand({ thingName: identity, payload }));
      await account.clock.idle();
      assert.equal((await frame(socket))[2], 'SetVariables');
      await account.clock.advance(6 * minute);
      assert.equal(events(identity, 'configuration-refused').length, 1, 'no event configuration-refused');
      areLost = false;
    },
  ],
  [
    'a transaction that nothing was heard of is forgotten, with all that was held by it',
    async ({ account, register, put, events }) => {
      const chargePointId = await register();
      const idToken = { value: { idToken: 'SILENT', authorization: 'Accepted', oneTransaction: true }, by: longAgo };
      const told = { protocol: 'ocpp1.6', firstAt: longAgo, heardAt: longAgo, idToken, chargingProfileIds: [1] };
      const transactionId = 'silent';
      const due = { version: 1, dueAt: longAgo };
      await put('IdTokensTable', { idToken: 'SILENT', heldBy: `${chargePointId}#silent` });
      await put('TransactionsTable', { chargePointId, transactionId, transaction: told, dueFor: 'forget', ...due });
      const profile = { evseId: 1, chargingLimitSource: 'CSO', chargingProfile: { id: 1, transactionId } };
      const detail = JSON.stringify(profile);
      await put('InventoryTable', { chargePointId, item: 'charging-profile#1', at: longAgo, detail });
      await account.clock.advance(minute);
      assert.equal(events(chargePointId, 'transaction-ended').length, 1, 'no event transaction-ended');
    },
  ],
  [
    'a reservation whose time is over expires',
    async ({ account, register, put, events }) => {
      const chargePointId = await register();
      const asked = { at: longAgo, commandId: 'past', idToken: 'SILENT', expiresAt: longAgo };
      const due = { version: 1, dueFor: 'expiry', dueAt: longAgo };
      await put('ReservationsTable', { chargePointId, reservationId: 1, reservation: { asked }, ...due });
      await account.clock.advance(minute);
      assert.equal(events(chargePointId, 'reservation-status')[0]?.status, 'Expired');
    },
  ],
  [
    'what became of a task is looked up when nobody told',
    async ({ account, put }) => {
      const now = new Date(account.clock.now()).toISOString();
      const deadline = new Date(account.clock.now() + 60 * minute).toISOString();
      const asked = { action: 'ClearCache', payload: '{}', selection: {}, createdAt: now, deadline, dueAt: now };
      const task = { ...asked, step: 9, status: 'waiting' };
      await put('TasksTable', { taskId: 'overdue', item: 'task', version: 1, dueFor: 'task', dueAt: now, task });
      await account.clock.advance(minute);
    },
  ],
];
