import { isDeepStrictEqual } from 'node:util';
import { itemSize } from 'dynalite/db/index.js';
import { steps } from './meter.js';

/** In DynamoDB's own JSON. */
export type Item = Record<string, Record<string, unknown>>;

interface Keys {
  KeySchema: { AttributeName: string }[];
}

/** What indexes are written by. */
export interface IndexedTable extends Keys {
  GlobalSecondaryIndexes?: Index[];
  LocalSecondaryIndexes?: Index[];
}

interface Index extends Keys {
  Projection: { ProjectionType: 'ALL' | 'KEYS_ONLY' | 'INCLUDE'; NonKeyAttributes?: string[] };
}

/**
 * The write units of a table's indexes when an item becomes another: of each entry that comes, goes or changes. One with
 * other keys is another entry: the former goes, and it comes.
 */
export function indexWriteUnits(table: IndexedTable, before: Item | undefined, after: Item | undefined): number {
  const { GlobalSecondaryIndexes = [], LocalSecondaryIndexes = [] } = table;
  return [...GlobalSecondaryIndexes, ...LocalSecondaryIndexes]
    .map((index) => {
      const [former, present] = [entryOf(before, index, table), entryOf(after, index, table)];
      if (isDeepStrictEqual(former, present)) return 0;
      const isSameEntry = former && present && isDeepStrictEqual(only(former, index), only(present, index));
      return isSameEntry ? Math.max(unitsOf(former), unitsOf(present)) : unitsOf(former) + unitsOf(present);
    })
    .reduce((sum, units) => sum + units, 0);
}

/** What an index has of an item: nothing, unless the item has all of its keys. */
function entryOf(item: Item | undefined, index: Index, table: Keys): Item | undefined {
  if (!item || index.KeySchema.some(({ AttributeName }) => !(AttributeName in item))) return undefined;
  const { ProjectionType, NonKeyAttributes = [] } = index.Projection;
  if (ProjectionType === 'ALL') return item;
  const others = NonKeyAttributes.map((AttributeName) => ({ AttributeName }));
  return only(item, { KeySchema: [...table.KeySchema, ...index.KeySchema, ...others] });
}

/** Those of an item's attributes that are named. */
export function only(item: Item, { KeySchema }: Keys): Item {
  const names = new Set(KeySchema.map(({ AttributeName }) => AttributeName));
  return Object.fromEntries(Object.entries(item).filter(([name]) => names.has(name)));
}

/** One for each KB. */
function unitsOf(entry: Item | undefined): number {
  return entry ? steps(itemSize(entry), 1024) : 0;
}
