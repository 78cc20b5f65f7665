import type { Clock } from '../clock.js';
import { ended } from './life.js';
import type { Progress, TaskEvents, Tasks } from './ports.js';

/** Ends a task of which every charge point is settled. Told before it is noted: whoever is interrupted leaves it for the sweep. */
export async function endIfOver(
  taskId: string,
  { tasks, taskEvents, clock }: { tasks: Tasks; taskEvents: TaskEvents; clock: Clock },
): Promise<void> {
  const task = await tasks.read(taskId);
  const after = task && ended(task, clock.now());
  if (!after) return;
  // A page may be empty, and not the last.
  for (let cursor: string | undefined; ; ) {
    const page = await tasks.open(taskId, { limit: 1, cursor });
    if (page.items.length > 0) return;
    if (page.cursor === undefined) break;
    cursor = page.cursor;
  }
  await taskEvents.ended(after, await progressOf(taskId, { tasks }));
  await tasks.change(taskId, (latest) => ended(latest, clock.now()));
}

/** Counts the charge points of a task: those that have been asked so far. */
export async function progressOf(taskId: string, { tasks }: { tasks: Tasks }): Promise<Progress> {
  const progress: Progress = {};
  let cursor: string | undefined;
  do {
    const page = await tasks.targets(taskId, { limit: 1_000, cursor });
    for (const { status } of page.items) progress[status] = (progress[status] ?? 0) + 1;
    cursor = page.cursor;
  } while (cursor !== undefined);
  return progress;
}
