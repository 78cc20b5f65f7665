import { isDeepStrictEqual } from 'node:util';
import { type Authorization, authorizationOf } from './authorize.js';
import type { IdToken } from './ports.js';

/** Of a token whose type the operator left open. */
const usualType = 'ISO14443';

/** What a charge point may know of a token, to decide by itself while it is offline. */
export interface LocalListEntry {
  idToken: string;
  /** 2.x: its type, ISO14443 where the operator left it open. 1.6 knows none: empty. */
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

/**
 * D01: what the operator's tokens are to a charge point, at a time. `cacheSeconds` is for how long it may rely on an answer: an
 * entry is none, and stands until another list says otherwise, or the token itself expires. In it, that is what 1.6 calls
 * expiryDate and 2.x, with LocalAuthListCtrlr.SupportsExpiryDateTime, cacheExpiryDateTime. So the same tokens make the same
 * entries, whenever they are made.
 *
 * @param isTyped whether the charge point tells tokens apart by their types: 1.6 knows none, so one text is one entry there
 * @returns by their texts, which no two of a type share
 */
export function entriesOf(tokens: readonly IdToken[], at: Date, { isTyped }: { isTyped: boolean }): LocalListEntry[] {
  const entries = new Map<string, LocalListEntry>();
  for (const { cacheSeconds: _, ...token } of tokens) {
    const entry = {
      idToken: token.idToken,
      type: isTyped ? (token.type ?? usualType) : '',
      authorization: authorizationOf(token, at),
    };
    const known = entries.get(nameOf(entry));
    // Whoever may not charge with one of them doesn't charge with the other: online, it is decided which of them it is.
    if (!known || known.authorization.status === 'Accepted') entries.set(nameOf(entry), entry);
  }
  return [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}

/** What a charge point knows an entry by: its text, whatever its case, and its type. */
function nameOf({ idToken, type }: LocalListEntry): string {
  return `${idToken.toUpperCase()} ${type}`;
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
  const has = new Map(known?.entries.map((entry) => [nameOf(entry), entry]));
  const wanted = new Set(entries.map(nameOf));
  // What goes is told first: one that is there again, of another type, is so even to a charge point that minds no types.
  const items = [
    ...[...has].filter(([name]) => !wanted.has(name)).map(([, entry]) => ({ entry, isRemoved: true })),
    ...entries
      .filter((entry) => !isDeepStrictEqual(has.get(nameOf(entry)), entry))
      .map((entry) => ({ entry, isRemoved: false })),
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
