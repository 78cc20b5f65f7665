import type { Clock } from '../clock.js';
import type { Timers } from '../timers.js';
import { cancelled } from './life.js';
import type { Task, Tasks } from './ports.js';

/** In milliseconds: who asks a page of charge points just now is done, or dead. `timers` runs for 10 s at most. */
const pageTakes = 15_000;

/** Cancels a task: what was sent is still answered. @returns the task, if there is one */
export async function cancelTask(
  taskId: string,
  { tasks, timers, clock }: { tasks: Tasks; timers: Timers; clock: Clock },
): Promise<Task | undefined> {
  const now = clock.now();
  let wait = 0;
  const changed = await tasks.change(taskId, (task) => {
    // Not before the last of them is asked, whose command would be left.
    wait = task.status === 'spreading' ? pageTakes : 0;
    return cancelled(task, now);
  });
  if (changed?.isChanged) {
    await timers.send({ kind: 'task', taskId, step: changed.task.step, due: now.getTime() + wait });
  }
  return changed?.task;
}
