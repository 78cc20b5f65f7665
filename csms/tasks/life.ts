/** The life of a task, as pure transitions. Each returns undefined where the task is past it: everything may be told twice. */
import type { Target, Task } from './ports.js';

const minute = 60_000;
/** Whoever had a step to do, and failed, was told again by then. */
const betweenSteps = 5 * minute;
const betweenLooks = 60 * minute;
/** What was sent just before the deadline is answered, or given up, by then. */
const afterDeadline = 15 * minute;

export function firstLook(now: Date): string {
  return later(now, betweenSteps);
}

/** A page is done; without a cursor it was the last. */
export function stepped(task: Task, step: number, cursor: string | undefined, now: Date): Task | undefined {
  if (task.step !== step || task.status === 'waiting' || task.status === 'ended') return undefined;
  const { cursor: _, ...rest } = task;
  const next = { ...rest, step: step + 1 };
  if (cursor !== undefined) return { ...next, cursor, dueAt: later(now, betweenSteps) };
  return { ...next, status: 'waiting', dueAt: nextLook(task, now) };
}

/** What became of it is looked up, from the first charge point on. */
export function checking(task: Task, now: Date): Task | undefined {
  if (task.status !== 'waiting') return undefined;
  const { cursor: _, ...rest } = task;
  return { ...rest, status: 'checking', step: task.step + 1, dueAt: later(now, betweenSteps) };
}

/** Whoever asked for it changed his mind: nobody else is asked, and what waits is cancelled. */
export function cancelled(task: Task, now: Date): Task | undefined {
  if (task.cancelledAt || task.status === 'ended') return undefined;
  const { cursor: _, ...rest } = task;
  const at = now.toISOString();
  return { ...rest, status: 'checking', step: task.step + 1, dueAt: later(now, betweenSteps), cancelledAt: at };
}

export function ended(task: Task, now: Date): Task | undefined {
  return task.status === 'waiting' ? { ...task, status: 'ended', endedAt: now.toISOString() } : undefined;
}

/** Whether nobody is to be asked any more. */
export function isOver({ cancelledAt, deadline }: Task, now: Date): boolean {
  return cancelledAt !== undefined || Date.parse(deadline) <= now.getTime();
}

/** What became of a charge point's command: an answer, however late, counts more than that there was none. */
export function settled(target: Target, status: Target['status'], reason: string | undefined): Target | undefined {
  const isAnswered = ['accepted', 'rejected', 'failed'].includes(target.status);
  if (status === 'queued' || isAnswered || target.status === status) return undefined;
  const { reason: _, ...rest } = target;
  return { ...rest, status, ...(reason && { reason }) };
}

function nextLook({ deadline }: Task, now: Date): string {
  const last = Date.parse(deadline) + afterDeadline;
  const next = now.getTime() + betweenLooks;
  return new Date(now.getTime() < last ? Math.min(next, last) : next).toISOString();
}

function later(now: Date, milliseconds: number): string {
  return new Date(now.getTime() + milliseconds).toISOString();
}
