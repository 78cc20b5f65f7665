import assert from 'node:assert/strict';
import { UpdateThingShadowCommand } from '@aws-sdk/client-iot-data-plane';
import { around, clientsOf } from '../../../system/cloud.js';
import { boot } from '../boot.js';
import { itemOf, type Step } from '../trial.js';

const second = 1_000;
const minute = 60 * second;

/** Commands: one after the other, and what was desired. */
export const commands: Step[] = [
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
    'a command goes on when whoever held the slot died',
    async ({ connected, publish, frame, put }) => {
      const { identity, socket } = await connected();
      const attempt = { commandId: 'dead', messageId: 'dead', connectionId: 'gone', deadline: '2026-01-01T00:00:00Z' };
      await put('CommandsTable', { chargePointId: identity, item: 'slot', ...attempt });
      await publish(identity, 'out', [2, 'after-all', 'ClearChargingProfile', {}]);
      assert.equal((await frame(socket))[1], 'after-all');
      socket.send('[3,"after-all",{"status":"Accepted"}]');
    },
  ],
  [
    'what a shadow desires becomes a command, again when that expired',
    async ({ account, connected, call, publishEvent, frame, events }) => {
      const { identity, socket } = await connected();
      await call(socket, 'BootNotification', boot);
      const { iotData } = clientsOf(account);
      for (const value of ['1', '2']) {
        const state = { desired: { configuration: { 'OCPPCommCtrlr/HeartbeatInterval': value, 'no variable': '' } } };
        const desired = { thingName: identity, payload: JSON.stringify({ state }) };
        await iotData.send(new UpdateThingShadowCommand(desired));
        const [, id, action, payload] = await frame(socket);
        assert.equal(action, 'SetVariables');
        const { setVariableData } = payload as { setVariableData: { component: object; variable: object }[] };
        const [{ component, variable } = {}] = setVariableData;
        const setVariableResult = [{ component, variable, attributeStatus: 'Accepted' }];
        socket.send(JSON.stringify([3, id, { setVariableResult }]));
        await account.clock.idle();
      }
      assert.equal(events(identity, 'configuration-refused')[0]?.key, 'no variable');
      await publishEvent(identity, 'command-settled', { chargePointId: identity, status: 'expired', desired: true });
    },
  ],
];
