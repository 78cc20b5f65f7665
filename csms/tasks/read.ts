import type { Page, PageRequest } from '../page.js';
import { progressOf } from './end.js';
import type { Progress, Target, Task, Tasks } from './ports.js';

/** A task, and how many of its charge points are where. */
export async function taskOf(
  taskId: string,
  ports: { tasks: Tasks },
): Promise<(Task & { progress: Progress }) | undefined> {
  const task = await ports.tasks.read(taskId);
  return task && { ...task, progress: await progressOf(taskId, ports) };
}

/** The charge points of a task, and what became of each; or those that are not settled. */
export function targetsOf(
  { taskId, isOpen }: { taskId: string; isOpen: boolean },
  page: PageRequest,
  { tasks }: { tasks: Tasks },
): Promise<Page<Target>> {
  return isOpen ? tasks.open(taskId, page) : tasks.targets(taskId, page);
}
