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
