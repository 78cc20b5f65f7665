import type { Clock } from '../clock.js';
import { commandTables } from '../ocpp/command-tables.js';
import type { Timers } from '../timers.js';
import { firstLook } from './life.js';
import type { Task, Tasks } from './ports.js';

/** So many charge points may be named one by one; who wants more selects them otherwise. */
const mostNamed = 1_000;

/** In ms: nobody knows for longer what is to be done then. */
const longestDeadline = 30 * 24 * 60 * 60_000;

export type TaskRefusal = 'action-unknown' | 'deadline-wrong' | 'id-taken' | 'too-many-named';

/** A task that can't be: why, in a sentence. */
export class TaskRefused extends Error {
  constructor(
    readonly code: TaskRefusal,
    message: string,
  ) {
    super(message);
  }
}

/** Begins a task; told again with the same id it is the same. @throws {TaskRefused} */
export async function createTask(
  asked: Pick<Task, 'taskId' | 'action' | 'firmware' | 'profile' | 'selection'> & { payload: object; deadline: Date },
  { tasks, timers, clock }: { tasks: Tasks; timers: Timers; clock: Clock },
): Promise<Task> {
  const { taskId, action, firmware, profile, selection } = asked;
  const now = clock.now();
  const payload = JSON.stringify(asked.payload);
  const isKnown = Object.values(commandTables).some((table) => Object.hasOwn(table, action));
  if (!isKnown) throw new TaskRefused('action-unknown', `No version of OCPP has a command ${action}.`);
  if (asked.deadline <= now || asked.deadline.getTime() > now.getTime() + longestDeadline) {
    throw new TaskRefused('deadline-wrong', 'Choose a deadline that is to come, within 30 days.');
  }
  if ((selection.chargePointIds?.length ?? 0) > mostNamed) {
    throw new TaskRefused(
      'too-many-named',
      `Select charge points by site or label: a task names ${mostNamed} of them at most.`,
    );
  }
  const times = { createdAt: now.toISOString(), deadline: asked.deadline.toISOString(), dueAt: firstLook(now) };
  const named = { ...(firmware !== undefined && { firmware }), ...(profile !== undefined && { profile }) };
  const fresh: Task = { taskId, action, payload, ...named, selection, ...times, status: 'spreading', step: 0 };
  const task = await tasks.add(fresh);
  const isSame = [task, fresh].map((one) =>
    // A store may have the members of a selection in another order.
    JSON.stringify([one.action, one.payload, one.firmware, one.profile, Object.entries(one.selection).sort()]),
  );
  if (isSame[0] !== isSame[1]) throw new TaskRefused('id-taken', 'Another task has this id.');
  if (task.step === 0) await timers.send({ kind: 'task', taskId, step: 0, due: now.getTime() });
  return task;
}
