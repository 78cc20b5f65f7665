import type { Clock } from '../clock.js';
import type { Timers } from '../timers.js';
import { cancelled } from './life.js';
import type { Task, Tasks } from './ports.js';

/** Cancels a task: what was sent is still answered. @returns the task, if there is one */
export async function cancelTask(
  taskId: string,
  { tasks, timers, clock }: { tasks: Tasks; timers: Timers; clock: Clock },
): Promise<Task | undefined> {
  const now = clock.now();
  const changed = await tasks.change(taskId, (task) => cancelled(task, now));
  if (changed?.isChanged) await timers.send({ kind: 'task', taskId, step: changed.task.step, due: now.getTime() });
  return changed?.task;
}
