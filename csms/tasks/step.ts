import { createHash } from 'node:crypto';
import type { ChargePointRecords } from '../charge-points/records.js';
import { isImmediate, lifetimeOf } from '../commands/actions.js';
import { announceSettled } from '../commands/announce.js';
import { askFor } from '../commands/ask.js';
import { cancelled, isSettled } from '../commands/life.js';
import type { CommandPorts } from '../commands/ports.js';
import { each } from '../each.js';
import type { Calls } from '../frame-topics.js';
import { endIfOver } from './end.js';
import { isOver, settled, stepped } from './life.js';
import type { Task, TaskEvents, Tasks } from './ports.js';
import { type PreparePorts, preparation } from './prepare-target.js';
import { type Selected, select } from './select.js';

/** So many charge points are asked, or looked at, in a step. */
const pageSize = 50;
/** Between two steps, in milliseconds: 50 CALLs a second leave room for what charge points say. */
const pause = 1_000;
const atOnce = 8;

export type TaskPorts = CommandPorts &
  PreparePorts & {
    calls: Calls;
    records: ChargePointRecords;
    tasks: Tasks;
    taskEvents: TaskEvents;
  };

/** A page of a task is to be done; then the next is. The same step again does the same again, and goes on no faster. */
export async function taskDue({ taskId, step }: { taskId: string; step: number }, ports: TaskPorts): Promise<void> {
  const { tasks, timers, clock } = ports;
  const task = await tasks.read(taskId);
  if (task?.step !== step || task.status === 'waiting' || task.status === 'ended') return;
  const cursor = task.status === 'spreading' ? await spread(task, ports) : await check(task, ports);
  const now = clock.now();
  const changed = await tasks.change(taskId, (latest) => stepped(latest, step, cursor, now));
  if (!changed?.isChanged) return;
  if (changed.task.status === 'waiting') return endIfOver(taskId, ports);
  await timers.send({ kind: 'task', taskId, step: step + 1, due: now.getTime() + pause });
}

/** Asks the next charge points. @returns where those after them begin */
async function spread(task: Task, ports: TaskPorts): Promise<string | undefined> {
  const now = ports.clock.now();
  if (isOver(task, now)) return undefined;
  const { items, cursor } = await select(task.selection, { limit: pageSize, cursor: task.cursor }, ports);
  const payloadFor = await preparation(task, ports);
  await each(items, atOnce, (one) => askTarget(task, one, payloadFor, ports));
  return cursor;
}

/** One that can't be asked has failed, and the task goes on. Told again, it is the same command. */
async function askTarget(
  task: Task,
  one: Selected,
  payloadFor: Awaited<ReturnType<typeof preparation>>,
  ports: TaskPorts,
): Promise<void> {
  const { tasks, commands, clock } = ports;
  const { taskId, action, deadline } = task;
  const { chargePointId, registered } = one;
  if (!registered) {
    const reason = 'There is no charge point of this name.';
    await tasks.addTarget({ taskId, chargePointId, status: 'failed', reason }, task);
    return;
  }
  const commandId = commandIdOf(taskId, chargePointId);
  // Before it is asked, so that its answer finds it.
  const known = await tasks.addTarget({ taskId, chargePointId, commandId, status: 'queued' }, task);
  if (known && known.status !== 'queued') return;
  const asked = known && (await commands.find(chargePointId, commandId));
  const payload = asked?.payload ?? (await payloadFor(one, commandId));
  if (typeof payload !== 'string') {
    await tasks.changeTarget(taskId, chargePointId, ({ commandId: _, ...target }) =>
      settled(target, 'failed', payload.reason),
    );
    return;
  }
  const isWaitedFor = isImmediate(action) ? clock.now().getTime() + lifetimeOf(action) : Number.POSITIVE_INFINITY;
  const expiresAt = new Date(Math.min(Date.parse(deadline), isWaitedFor)).toISOString();
  await askFor({ chargePointId, commandId, action, payload, expiresAt, taskId }, ports);
}

/** Looks up what became of the next commands that nobody told of, and cancels those that nobody wants any more. */
async function check(task: Task, ports: TaskPorts): Promise<string | undefined> {
  const { tasks, commands, clock } = ports;
  const { taskId } = task;
  const now = clock.now();
  const { items, cursor } = await tasks.open(taskId, { limit: pageSize, cursor: task.cursor });
  await each(items, atOnce, async ({ chargePointId }) => {
    const commandId = commandIdOf(taskId, chargePointId);
    const changed = await commands.change(chargePointId, commandId, (latest) =>
      isOver(task, now) ? cancelled(latest, now) : undefined,
    );
    const command = changed?.command;
    if (command && !isSettled(command)) return;
    if (command) await announceSettled(command, ports);
    // One that was never written has nobody to tell of it.
    if (!command && !isOver(task, now)) return;
    const status = command && isSettled(command) ? command.status : 'cancelled';
    await tasks.changeTarget(taskId, chargePointId, (target) => settled(target, status, command?.reason));
  });
  return cursor;
}

/** At most 36 characters, as of any message. */
function commandIdOf(taskId: string, chargePointId: string): string {
  return `task-${createHash('sha256').update(`${taskId} ${chargePointId}`).digest('hex').slice(0, 31)}`;
}
