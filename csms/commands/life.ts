/**
 * The life of a command, as pure transitions: queued → sent → accepted | rejected | failed | timed-out, or expired or
 * cancelled while it is queued. Each but the first returns undefined where the command is past it: everything may be told
 * twice.
 */
import type { RefusalCode } from '../../schemas/refusals.js';
import { isRepeatable, lifetimeOf } from './actions.js';
import type { Attempt, Command, Outcome, SettledStatus } from './ports.js';

/** What tells one attempt from any other. */
type Given = Pick<Attempt, 'messageId' | 'connectionId' | 'deadline'>;

const minute = 60_000;
/** Whoever had something to do for it, and failed, was told again by then. */
const firstLook = 5 * minute;
const betweenLooks = 60 * minute;

/** What is asked of a charge point, and on whose behalf. */
export type Asked = Pick<Command, 'chargePointId' | 'commandId' | 'action' | 'payload' | 'desired' | 'taskId'> & {
  /** ISO 8601 UTC; otherwise as long as it is worth sending. */
  expiresAt?: string;
};

/** It is new, and the last in the queue of its charge point. @param since from then on it is worth sending for its time */
export function queued({ expiresAt, ...asked }: Asked, now: Date, since = now): Command {
  const until = expiresAt ?? new Date(since.getTime() + lifetimeOf(asked.action)).toISOString();
  return {
    ...asked,
    status: 'queued',
    order: `${now.toISOString()}#${asked.commandId}`,
    expiresAt: until,
    dueAt: dueWhenQueued(until, now),
    attempts: [],
  };
}

/** It is on its way: from now on it may have reached the charge point. */
export function sent(command: Command, attempt: Attempt, now: Date): Command | undefined {
  if (command.status !== 'queued' || isExpired(command, now)) return undefined;
  return { ...command, status: 'sent', attempts: [...command.attempts, attempt] };
}

/** The charge point answered one of its attempts. An answer is the truth, however late: only the first of them counts. */
export function answered(
  command: Command,
  messageId: string,
  { outcome, status, ...why }: { outcome: Outcome; status: SettledStatus; code?: RefusalCode; reason?: string },
  now: Date,
): Command | undefined {
  if (isAnswered(command)) return undefined;
  const isLate = command.status !== 'sent' || command.attempts.at(-1)?.messageId !== messageId;
  return { ...settled(command, status, now), outcome, ...why, ...(isLate && { late: true }) };
}

/** Why a command can't be sent. */
export interface Unsendable {
  code: RefusalCode;
  reason: string;
}

/** It can't be sent, and never could: the charge point's version has no such command, or its payload is none of it. */
export function unsendable(command: Command, why: Unsendable, now: Date): Command | undefined {
  return command.status === 'queued' ? { ...settled(command, 'failed', now), ...why } : undefined;
}

/**
 * Nobody answered an attempt in time. On a connection that is no longer current the CALL may never have arrived: what may be
 * repeated is queued again, in its old place.
 *
 * @param given what is over: of somebody else's, who came to send the same and was too late, the time says nothing
 */
export function unanswered(
  command: Command,
  given: Given,
  currentId: string | undefined,
  now: Date,
): Command | undefined {
  const attempt = command.attempts.at(-1);
  if (command.status !== 'sent' || !attempt || !isSameAttempt(attempt, given)) return undefined;
  const isLost = attempt.connectionId !== currentId;
  if (isLost && isRepeatable(command) && !isExpired(command, now)) {
    return { ...command, status: 'queued', dueAt: dueWhenQueued(command.expiresAt, now) };
  }
  return settled(command, 'timed-out', now);
}

/** It waited too long for being sent. */
export function expired(command: Command, now: Date): Command | undefined {
  return command.status === 'queued' && isExpired(command, now) ? settled(command, 'expired', now) : undefined;
}

/** Whoever asked for it changed his mind. */
export function cancelled(command: Command, now: Date): Command | undefined {
  return command.status === 'queued' ? settled(command, 'cancelled', now) : undefined;
}

/** The sweep looked at it, did what it could, and looks again later. */
export function lookedAt(command: Command, now: Date): Command | undefined {
  if (isSettled(command)) return undefined;
  const later = new Date(now.getTime() + betweenLooks);
  return { ...command, dueAt: command.status === 'queued' ? earlier(later, command.expiresAt) : later.toISOString() };
}

export function isExpired({ expiresAt }: Command, now: Date): boolean {
  return Date.parse(expiresAt) <= now.getTime();
}

export function isSettled(command: Command): command is Command & { status: SettledStatus } {
  return command.status !== 'queued' && command.status !== 'sent';
}

/** Is it the same attempt, of the same sender? */
export function isSameAttempt(one: Given, other: Given): boolean {
  return (['messageId', 'connectionId', 'deadline'] as const).every((name) => one[name] === other[name]);
}

/** When the sweep first looks at a command that is queued now. */
function dueWhenQueued(expiresAt: string, now: Date): string {
  return earlier(new Date(now.getTime() + firstLook), expiresAt);
}

function isAnswered({ status }: Command): boolean {
  return status === 'accepted' || status === 'rejected' || status === 'failed';
}

function settled(command: Command, status: SettledStatus, now: Date): Command {
  return { ...command, status, settledAt: now.toISOString() };
}

function earlier(time: Date, expiresAt: string): string {
  return new Date(Math.min(time.getTime(), Date.parse(expiresAt))).toISOString();
}
