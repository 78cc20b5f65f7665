import assert from 'node:assert/strict';
import type { Step } from '../trial.js';
import { admin } from './operator.js';

/** Tasks: one command to many charge points. */
export const tasks: Step[] = [
  [
    'a task asks all charge points, those of a site or with a label, and those that are named',
    async (trial) => {
      const { account, connected, frame } = trial;
      const ask = await admin(trial);
      const { identity, socket } = await connected();
      const taskIds: string[] = [];
      for (const selection of [
        { all: true },
        { site: 'none' },
        { all: true, labels: ['none'] },
        { chargePointIds: [identity] },
      ]) {
        taskIds.push((await ask('POST /tasks', { action: 'ClearCache', selection })).body.taskId);
        await account.clock.advance(1_000);
      }
      for (const _ of ['all', 'named']) {
        const [, id, action] = await frame(socket);
        assert.equal(action, 'ClearCache');
        socket.send(JSON.stringify([3, id, { status: 'Accepted' }]));
        await account.clock.idle();
      }
      const { items } = (await ask('GET /tasks')).body;
      assert.deepEqual(
        items.map(({ taskId }: { taskId: string }) => taskId),
        taskIds.reverse(),
      );
      assert.deepEqual((await ask(`GET /tasks/${taskIds[0]}`)).body.progress, { accepted: 1 });
    },
  ],
  [
    'a task gives each charge point a number, a version of its list and a place for its files of its own',
    async (trial) => {
      const { account, connected, frame } = trial;
      const ask = await admin(trial);
      const { identity, socket } = await connected();
      const night = {
        ...{ purpose: 'TxDefaultProfile', kind: 'Relative', stackLevel: 0 },
        schedule: { unit: 'A', periods: [{ start: 0, limit: 16 }] },
      };
      await ask('PUT /charging-profiles/Night', night);
      const expiryDateTime = new Date(account.clock.now()).toISOString();
      const reservation = { expiryDateTime, idToken: { idToken: 'TAG', type: 'ISO14443' } };
      for (const asked of [
        { action: 'GetLog', payload: { logType: 'DiagnosticsLog' } },
        { action: 'ReserveNow', payload: reservation },
        { action: 'SendLocalList', payload: { updateType: 'Full' } },
        { action: 'SetChargingProfile', profile: 'Night', payload: { evseId: 1 } },
      ]) {
        await ask('POST /tasks', { ...asked, selection: { chargePointIds: [identity] } });
        await account.clock.advance(1_000);
        const [, id, action] = await frame(socket);
        assert.equal(action, asked.action);
        socket.send(JSON.stringify([3, id, { status: 'Accepted' }]));
        await account.clock.idle();
      }
    },
  ],
  [
    'a task gives a charge point the version after all that wait',
    async (trial) => {
      const { account, register } = trial;
      const ask = await admin(trial);
      const identity = await register();
      const payload = { updateType: 'Full' };
      for (let i = 0; i < 10; i++) await ask(`POST /charge-points/${identity}/commands/SendLocalList`, payload);
      await ask('POST /tasks', { action: 'SendLocalList', payload, selection: { chargePointIds: [identity] } });
      await account.clock.advance(1_000);
      const [last] = (await ask(`GET /charge-points/${identity}/commands`)).body.items;
      assert.equal(last.payload.listVersion, 11);
    },
  ],
  [
    'a task says who is still to answer, and is cancelled',
    async (trial) => {
      const { account, register } = trial;
      const ask = await admin(trial);
      const selection = { chargePointIds: [await register()] };
      const { taskId } = (await ask('POST /tasks', { action: 'ClearCache', selection })).body;
      await account.clock.advance(1_000);
      const open = async () => (await ask(`GET /tasks/${taskId}/charge-points?status=queued`)).body.items.length;
      assert.equal(await open(), 1);
      await ask(`DELETE /tasks/${taskId}`);
      await account.clock.advance(1_000);
      assert.equal(await open(), 0);
    },
  ],
];
