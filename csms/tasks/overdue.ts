import type { Clock } from '../clock.js';
import { mostAtOnce } from '../due.js';
import { each } from '../each.js';
import type { Timers } from '../timers.js';
import { checking } from './life.js';
import type { Tasks } from './ports.js';

const atOnce = 10;

/**
 * Looks at tasks that have not ended: one that waits is looked through for what nobody told of; of another somebody failed to
 * do the next step, or to ask for it.
 */
export async function sweepTasks({
  tasks,
  timers,
  clock,
}: {
  tasks: Tasks;
  timers: Timers;
  clock: Clock;
}): Promise<void> {
  const now = clock.now();
  await each(await tasks.due(now, mostAtOnce), atOnce, async (taskId) => {
    const changed = await tasks.change(taskId, (task) => {
      if (task.status === 'ended' || Date.parse(task.dueAt) > now.getTime()) return undefined;
      const dueAt = new Date(now.getTime() + 5 * 60_000).toISOString();
      return checking(task, now) ?? { ...task, dueAt };
    });
    if (!changed?.isChanged) return;
    await timers.send({ kind: 'task', taskId, step: changed.task.step, due: now.getTime() });
  });
}
