import assert from 'node:assert/strict';
import { UpdateThingShadowCommand } from '@aws-sdk/client-iot-data-plane';
import { clientsOf } from '../../../system/cloud.js';
import { boot } from '../boot.js';
import type { Step } from '../trial.js';
import { admin } from './operator.js';

/** What the API tells of what happened to a charge point. */
export const story: Step[] = [
  [
    'who knocked is listed, and let in',
    async (trial) => {
      const { dial, expect, account } = trial;
      const ask = await admin(trial);
      expect(/handshake refused.*"chargePointId":"newcomer"/);
      await assert.rejects(dial('newcomer'), { status: 404 });
      const knocked = async () => (await ask('GET /knocks')).body.items as { chargePointId: string }[];
      assert.ok((await knocked()).some(({ chargePointId }) => chargePointId === 'newcomer'));
      assert.equal((await ask('GET /charge-points/newcomer/knocks')).body.items[0].code, 'not-registered');
      await ask('POST /knocks/newcomer/accept', { site: 'Depot' });
      await account.clock.idle();
      assert.ok(!(await knocked()).some(({ chargePointId }) => chargePointId === 'newcomer'));
      await dial('newcomer');
      await account.clock.idle();
    },
  ],
  [
    'what happened is listed, and what came to nothing is in it',
    async (trial) => {
      const { expect, publish, account } = trial;
      const ask = await admin(trial);
      const { identity, socket } = await trial.connected();
      await trial.call(socket, 'BootNotification', boot);
      expect(/frame not delivered: not a frame/);
      await publish(identity, 'out', 'nothing');
      socket.send(JSON.stringify([2, 'm1', 'Dance', {}]));
      await trial.frame(socket);
      const payload = JSON.stringify({ state: { desired: { configuration: { misspelled: '9' } } } });
      await clientsOf(account).iotData.send(new UpdateThingShadowCommand({ thingName: identity, payload }));
      await account.clock.idle();
      const { items } = (await ask(`GET /charge-points/${identity}/history`)).body;
      const kinds = items.map(({ kind }: { kind: string }) => kind).sort();
      assert.deepEqual(kinds, ['boot', 'configuration-refused', 'connected', 'frame-refused', 'not-delivered']);
    },
  ],
  [
    'what was said is listed, where there is a log',
    async (trial) => {
      const ask = await admin(trial);
      const { identity, socket } = await trial.connected();
      await trial.call(socket, 'Heartbeat', {});
      const { messageLog } = (await ask('GET /stage')).body.parameters;
      const { items } = (await ask(`GET /charge-points/${identity}/messages`)).body;
      assert.equal(items[0]?.action, messageLog === 0 ? undefined : 'Heartbeat');
    },
  ],
];
