import assert from 'node:assert/strict';
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
