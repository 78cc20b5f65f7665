/**
 * The life of a charge point's connections, as pure transitions of its record:
 * opening → current → replaced. Everything that happens may be told twice, late and in any order.
 */
import type { Connection, ConnectionRecord } from './ports.js';

/** API Gateway ends every connection after two hours; one that is older lost its `$disconnect`. */
const lifetime = 2 * 60 * 60_000 + 60_000;

/** Some firmware reconnects whenever a socket of it is closed: after this many replacements within the window nothing is closed. */
const replacementsUntilFlapping = 3;
const flappingWindow = 60_000;

/** The connection that takes CALLs at `now`, if there is one. */
export function live(record: ConnectionRecord, now: Date): Connection | undefined {
  const { current } = record;
  return current && isAlive(current, now) ? current : undefined;
}

/** When the last connection closed, and why; of one whose `$disconnect` was lost, when it must have ended. */
export function lastDisconnect({ current, gone }: ConnectionRecord, now: Date): ConnectionRecord['gone'] {
  if (!current || isAlive(current, now)) return gone;
  const since = new Date(millis(current.since) + lifetime).toISOString();
  return { since, reason: 'it came of age, and nobody told that it closed' };
}

function isAlive({ since }: Connection, now: Date): boolean {
  return now.getTime() - millis(since) <= lifetime;
}

/** Where a frame goes, or came from, that names no connection: the current one, or for a first second the one that is opening. */
export function newest(record: ConnectionRecord, now: Date): Connection | undefined {
  return live(record, now) ?? record.opening.at(-1);
}

/**
 * A handshake was answered. Those before it stay as long as they may live: which of them come to exist is not known yet, nor in
 * which order this is told, and after an outage their timers come late.
 */
export function opened(record: ConnectionRecord, connection: Connection): ConnectionRecord {
  const others = record.opening.filter(
    ({ connectionId, since }) =>
      connectionId !== connection.connectionId && millis(connection.since) - millis(since) < lifetime,
  );
  return { ...record, opening: [...others, connection].sort((a, b) => millis(a.since) - millis(b.since)) };
}

/**
 * The opening connection `connectionId` exists: it becomes current, or replaced when a newer one is current by now.
 * Undefined when it isn't opening.
 */
export function promoted(record: ConnectionRecord, connectionId: string, now: Date): ConnectionRecord | undefined {
  const connection = record.opening.find((one) => one.connectionId === connectionId);
  if (!connection) return undefined;
  const opening = without(record.opening, connectionId);
  const replaced = record.replaced.filter((one) => isAlive(one, now));
  const former = live(record, now);
  const { gone } = record;
  const kept = { opening, ...(gone && { gone }) };
  if (!former) return { ...kept, current: connection, replaced, replacedAt: recent(record, now) };
  const replacedAt = [...recent(record, now), now.toISOString()];
  // Found late: it is replaced all the same.
  const [older, newer] = millis(former.since) > millis(connection.since) ? [connection, former] : [former, connection];
  return { ...kept, current: newer, replaced: [...replaced, older], replacedAt };
}

/** The opening connection `connectionId` never came: the others are as they were. */
export function abandoned(record: ConnectionRecord, connectionId: string): ConnectionRecord | undefined {
  const opening = without(record.opening, connectionId);
  return opening.length < record.opening.length ? { ...record, opening } : undefined;
}

/** The connection `connectionId` closed. Undefined when the record does not know it (any more). */
export function closed(
  record: ConnectionRecord,
  connectionId: string,
  reason: string,
  now: Date,
): ConnectionRecord | undefined {
  if (record.current?.connectionId === connectionId) {
    const { current: _, ...rest } = record;
    return { ...rest, gone: { since: now.toISOString(), reason } };
  }
  const replaced = without(record.replaced, connectionId);
  if (replaced.length < record.replaced.length) return { ...record, replaced };
  return abandoned(record, connectionId);
}

/** The replaced connection `connectionId` exists, and `deadId`, the current one at most, does not: the former is current again. */
export function restored(
  record: ConnectionRecord,
  connectionId: string,
  deadId: string | undefined,
  now: Date,
): ConnectionRecord | undefined {
  const { current, ...rest } = record;
  const connection = record.replaced.find((one) => one.connectionId === connectionId);
  if (!connection || current?.connectionId !== deadId) return undefined;
  const restored = { ...connection, restoredAt: now.toISOString() };
  return { ...rest, current: restored, replaced: without(record.replaced, connectionId) };
}

/** Did the last replacement come too soon after those before it? Asked again later, the answer is the same. */
export function isFlapping({ replacedAt }: ConnectionRecord): boolean {
  return replacedAt.length >= replacementsUntilFlapping;
}

function recent(record: ConnectionRecord, now: Date): string[] {
  return record.replacedAt.filter((at) => now.getTime() - millis(at) <= flappingWindow);
}

function without(connections: Connection[], connectionId: string): Connection[] {
  return connections.filter((connection) => connection.connectionId !== connectionId);
}

const millis = Date.parse;
