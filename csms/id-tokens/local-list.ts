import { isDeepStrictEqual } from 'node:util';
import { type Authorization, authorizationOf } from './authorize.js';
import type { IdToken } from './ports.js';

/** What a charge point may know of a token, to decide by itself while it is offline. */
export interface LocalListEntry {
  idToken: string;
  /** 2.x: its type, ISO14443 where the operator left it open. */
  type: string;
  authorization: Authorization;
}

/** A local list, or what has changed of one: with the version that a charge point has of it. */
export interface LocalList {
  version: number;
  entries: LocalListEntry[];
}

/** One SendLocalList. An update is Differential when `removed` is there, Full otherwise. */
export interface LocalListUpdate {
  version: number;
  entries: LocalListEntry[];
  /** Tokens that are in the list no more. */
  removed?: LocalListEntry[];
}

/** How large a charge point says that a SendLocalList may be; undefined: as large as it takes. */
export interface LocalListLimits {
  /** ItemsPerMessage, SendLocalListMaxLength. */
  items?: number;
  /** BytesPerMessage. */
  bytes?: number;
}

/** D01: what the operator's tokens are to a charge point, at a time. */
export function entriesOf(tokens: readonly IdToken[], at: Date): LocalListEntry[] {
  return tokens
    .map((token) => ({
      idToken: token.idToken,
      type: token.type ?? 'ISO14443',
      authorization: authorizationOf(token, at),
    }))
    .sort((a, b) => (a.idToken < b.idToken ? -1 : 1));
}

/**
 * D01/5.15: the updates that make a charge point's list that of these entries, in the order in which they are to be sent. Each
 * has a version of its own: whoever looks sees how far it came.
 *
 * @param known the list that the charge point has; undefined for a full update, whatever it has
 * @param version of the first update
 * @param sizeOf the bytes of the message that an update is, in the charge point's version
 * @throws {RangeError} when a single entry is larger than a message may be
 */
export function updatesOf(
  entries: readonly LocalListEntry[],
  known: LocalList | undefined,
  version: number,
  limits: LocalListLimits,
  sizeOf: (update: LocalListUpdate) => number,
): LocalListUpdate[] {
  const removed = (known?.entries ?? []).filter((old) => !entries.some((entry) => isSameToken(entry, old)));
  const changed = entries.filter((entry) => !known?.entries.some((old) => isDeepStrictEqual(old, entry)));
  const items = [
    ...changed.map((entry) => ({ entry, isRemoved: false })),
    ...removed.map((entry) => ({ entry, isRemoved: true })),
  ];
  if (known && items.length === 0) return [];
  const updates: LocalListUpdate[] = [];
  const next = (): LocalListUpdate => ({
    version: version + updates.length,
    entries: [],
    // Only the first of a full update replaces the list.
    ...((known || updates.length > 0) && { removed: [] }),
  });
  let update = next();
  for (const { entry, isRemoved } of items) {
    const longer = withEntry(update, entry, isRemoved);
    if (fits(longer, limits, sizeOf)) {
      update = longer;
      continue;
    }
    updates.push(update);
    update = withEntry(next(), entry, isRemoved);
    if (!fits(update, limits, sizeOf)) throw new RangeError(`No message has room for the token ${entry.idToken}.`);
  }
  return [...updates, update];
}

function withEntry(update: LocalListUpdate, entry: LocalListEntry, isRemoved: boolean): LocalListUpdate {
  if (isRemoved) return { ...update, removed: [...(update.removed ?? []), entry] };
  return { ...update, entries: [...update.entries, entry] };
}

function fits(update: LocalListUpdate, limits: LocalListLimits, sizeOf: (update: LocalListUpdate) => number): boolean {
  const { items = Number.POSITIVE_INFINITY, bytes = Number.POSITIVE_INFINITY } = limits;
  const count = update.entries.length + (update.removed?.length ?? 0);
  return count <= items && sizeOf(update) <= bytes;
}

function isSameToken(a: LocalListEntry, b: LocalListEntry): boolean {
  return a.idToken === b.idToken && a.type === b.type;
}
