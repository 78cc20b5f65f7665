import { BatchGetCommand, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { BadCursor, type Page, type PageRequest } from '../csms/page.js';
import { dynamodb } from './dynamodb.js';

type Attributes = Record<string, unknown>;

/** A page of what a Query finds. The cursor is the key where the next begins. @throws {BadCursor} */
export async function queryPage(
  query: Omit<QueryCommandInput, 'Limit' | 'ExclusiveStartKey'>,
  { limit, cursor }: PageRequest,
): Promise<Page<Attributes>> {
  try {
    const { Items = [], LastEvaluatedKey } = await dynamodb.send(
      new QueryCommand({ ...query, Limit: limit, ...(cursor && { ExclusiveStartKey: keyOf(cursor) }) }),
    );
    return { items: Items, ...(LastEvaluatedKey && { cursor: cursorOf(LastEvaluatedKey) }) };
  } catch (error) {
    // A key of another list, or of another filter.
    if (cursor && error instanceof Error && error.name === 'ValidationException') throw new BadCursor();
    throw error;
  }
}

/** The items of these keys, in their order; without those that are no more. */
export async function itemsOf(TableName: string, keys: Attributes[]): Promise<Attributes[]> {
  const found = new Map<string, Attributes>();
  let left = keys;
  while (left.length > 0) {
    const request = { RequestItems: { [TableName]: { Keys: left.slice(0, 100) } } };
    const { Responses = {}, UnprocessedKeys = {} } = await dynamodb.send(new BatchGetCommand(request));
    for (const item of Responses[TableName] ?? []) found.set(named(item, keys), item);
    left = [...left.slice(100), ...((UnprocessedKeys[TableName]?.Keys ?? []) as Attributes[])];
  }
  return keys.flatMap((key): Attributes[] => {
    const item = found.get(named(key, keys));
    return item ? [item] : [];
  });
}

/** What tells an item from the others: the values of its key. */
function named(item: Attributes, [key = {}]: Attributes[]): string {
  return JSON.stringify(Object.keys(key).map((name) => item[name]));
}

/** A cursor behind the item of this key. */
export function cursorOf(key: Attributes): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

function keyOf(cursor: string): Attributes {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const isKey =
      typeof key === 'object' &&
      key !== null &&
      Object.values(key).every((each) => typeof each === 'string' || typeof each === 'number');
    if (isKey && !Array.isArray(key)) return key as Attributes;
  } catch {
    // Told below, with what is JSON and no key.
  }
  throw new BadCursor();
}
