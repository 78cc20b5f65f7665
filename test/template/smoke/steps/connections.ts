import assert from 'node:assert/strict';
import { DeleteThingCommand } from '@aws-sdk/client-iot';
import { clientsOf } from '../../../system/cloud.js';
import { within } from '../../../system/system.js';
import type { Step } from '../trial.js';

const second = 1_000;
const minute = 60 * second;

/** Who may connect, and what becomes of a connection. */
export const connections: Step[] = [
  [
    'a stranger is refused',
    async ({ dial, expect }) => {
      expect(/handshake refused.*"chargePointId":"stranger"/);
      await assert.rejects(dial('stranger'), { status: 404 });
    },
  ],
  [
    'a charge point whose mirror is lost is looked up',
    async ({ register, dial, call, put }) => {
      const identity = await register();
      await put('ChargePointsTable', { chargePointId: identity });
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
];
