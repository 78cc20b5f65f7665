import type { Repair } from '../csms/history/kept-frames.js';
import type { EntryKind, HistoryRecord } from '../csms/history/ports.js';
import type { HistoryRecords } from '../csms/history/records.js';
import { BadCursor, type TimeRange } from '../csms/page.js';
import { cursorOf, queryPage } from './page.js';
import { bounds } from './range.js';

/** Where an entry stands in a list: by its time, then by its kind, then by its id. */
type Place = [at: string, kind: string, id: string];

/**
 * The kinds are lists of their own, each in the order of time, and a Query each: merged as far as all of them were read, they
 * are one list. What is written has no index to pay for, which happens a thousand times more often than somebody reads.
 */
export function dynamoHistoryRecords(TableName: string): HistoryRecords {
  return {
    async list(chargePointId, kinds, range, { limit, cursor }) {
      const after = cursor === undefined ? undefined : placeOf(cursor);
      const parts = await Promise.all(kinds.map((kind) => partOf(kind, after)));
      const found = parts.flatMap(({ items }) => items).sort(newestFirst);
      // Behind the last that was read of a kind there may be more of it.
      const [readTo] = parts.flatMap(({ items, isCut }) => (isCut ? items.slice(-1) : [])).sort(newestFirst);
      const sure = readTo ? found.filter((one) => newestFirst(one, readTo) <= 0) : found;
      const items = sure.slice(0, limit);
      const last = items.at(-1);
      const isAll = !readTo && items.length === found.length;
      return { items, ...(last && !isAll && { cursor: placeCursor(last) }) };

      async function partOf(kind: EntryKind, after: Place | undefined) {
        const between = keysOf(kind, range, after);
        if (between[':from'] > between[':to']) return { items: [], isCut: false };
        const isOfLast = after && kind === after[1];
        const cursor = isOfLast ? cursorOf({ chargePointId, entry: `${kind}#${after[0]}#${after[2]}` }) : undefined;
        const page = await queryPage(
          {
            TableName,
            KeyConditionExpression: 'chargePointId = :chargePointId AND entry BETWEEN :from AND :to',
            ExpressionAttributeValues: { ':chargePointId': chargePointId, ...between },
            ScanIndexForward: false,
          },
          { limit, cursor },
        );
        return { items: page.items.map(recordOf), isCut: page.cursor !== undefined };
      }
    },
  };
}

/** The keys of a kind, in a time, that may come behind a place. */
function keysOf(kind: EntryKind, range: TimeRange, after: Place | undefined): { ':from': string; ':to': string } {
  const keys = bounds(range, `${kind}#`);
  if (!after || kind === after[1]) return keys;
  const [at, kindOfLast] = after;
  // Of the same time, kinds come one after the other: this one's are all behind it, or all before.
  const last = `${kind}#${at}${kind < kindOfLast ? '~' : ''}`;
  return { ...keys, ':to': last < keys[':to'] ? last : keys[':to'] };
}

function recordOf({ chargePointId, entry, detail, repair }: Record<string, unknown>): HistoryRecord {
  const [kind = '', at = '', ...id] = (entry as string).split('#');
  const told = { chargePointId: chargePointId as string, kind: kind as EntryKind, at: new Date(at), id: id.join('#') };
  return { ...told, detail: detail as object, ...(repair !== undefined && { repair: repair as Repair }) };
}

function newestFirst(one: HistoryRecord, other: HistoryRecord): number {
  const [a, b] = [placeIn(one), placeIn(other)];
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return (a[i] ?? '') > (b[i] ?? '') ? -1 : 1;
  return 0;
}

function placeIn({ at, kind, id }: HistoryRecord): Place {
  return [at.toISOString(), kind, id];
}

function placeCursor(last: HistoryRecord): string {
  return Buffer.from(JSON.stringify(placeIn(last))).toString('base64url');
}

/** @throws {BadCursor} */
function placeOf(cursor: string): Place {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(place) && place.length === 3 && place.every((each) => typeof each === 'string' && each !== '')) {
      return place as Place;
    }
  } catch {
    // Told below, with what is JSON and no place.
  }
  throw new BadCursor();
}
