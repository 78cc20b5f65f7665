/**
 * The life of a charge point's connections, as pure transitions of its record:
 * opening → current → previous. Everything that happens may be told twice, late and in any order.
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
  return current && now.getTime() - Date.parse(current.since) <= lifetime ? current : undefined;
}

/** Where a frame goes, or came from, that names no connection: the current one, or for a first second the one that is opening. */
export function newest(record: ConnectionRecord, now: Date): Connection | undefined {
  return live(record, now) ?? record.opening;
}

/** A handshake was answered. An older one that is still opening is superseded. */
export function opened(record: ConnectionRecord, opening: Connection): ConnectionRecord {
  return { ...record, opening };
}

/** The opening connection `connectionId` exists: it becomes current. Undefined when it isn't the opening one. */
export function promoted(record: ConnectionRecord, connectionId: string, now: Date): ConnectionRecord | undefined {
  if (record.opening?.connectionId !== connectionId) return undefined;
  const former = live(record, now);
  if (!former) return { current: record.opening, replacedAt: recent(record, now) };
  return { current: record.opening, previous: former, replacedAt: [...recent(record, now), now.toISOString()] };
}

/** The opening connection `connectionId` never came: the others are as they were. */
export function abandoned(record: ConnectionRecord, connectionId: string): ConnectionRecord | undefined {
  if (record.opening?.connectionId !== connectionId) return undefined;
  const { opening: _, ...rest } = record;
  return rest;
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
  if (record.previous?.connectionId === connectionId) {
    const { previous: _, ...rest } = record;
    return rest;
  }
  return abandoned(record, connectionId);
}

export function isFlapping(record: ConnectionRecord, now: Date): boolean {
  return recent(record, now).length >= replacementsUntilFlapping;
}

function recent(record: ConnectionRecord, now: Date): string[] {
  return record.replacedAt.filter((at) => now.getTime() - Date.parse(at) <= flappingWindow);
}
