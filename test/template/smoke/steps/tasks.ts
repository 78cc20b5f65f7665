import assert from 'node:assert/strict';
import type { Step } from '../trial.js';

/** Tasks: one command to many charge points. */
export const tasks: Step[] = [
  [
    'a task asks all charge points, those of a site, and those that are named',
    async ({ account, connected, frame, put, timer }) => {
      const { identity, socket } = await connected();
      const now = new Date(account.clock.now()).toISOString();
      const deadline = new Date(account.clock.now() + 3_600_000).toISOString();
      const asked = { action: 'ClearCache', payload: '{}', createdAt: now, deadline, step: 0, status: 'spreading' };
      const selections = { all: {}, site: { site: 'none' }, named: { chargePointIds: [identity] } };
      for (const [taskId, selection] of Object.entries(selections)) {
        await put('TasksTable', { taskId, item: 'task', version: 1, task: { ...asked, selection, dueAt: now } });
        await timer({ kind: 'task', taskId, step: 0, due: 0 });
      }
      for (const _ of ['all', 'named']) {
        const [, id, action] = await frame(socket);
        assert.equal(action, 'ClearCache');
        socket.send(JSON.stringify([3, id, { status: 'Accepted' }]));
        await account.clock.idle();
      }
    },
  ],
];
