import { randomUUID } from 'node:crypto';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { conditionally, dynamodb } from './dynamodb.js';

/** Two writers at once are rare, three hardly ever: more conflicts in a row than this are a fault. */
const attempts = 10;

type Attributes = Record<string, unknown>;

/** Strongly consistent. */
export async function readItem(TableName: string, Key: Attributes): Promise<Attributes | undefined> {
  const { Item } = await dynamodb.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
  return Item;
}

/**
 * Changes an item whose `version` counts its changes, so that nobody overwrites what he has not read.
 *
 * @param transition pure, told of the item as it is (undefined when there is none); what it returns is put in its place,
 * unless that is undefined
 * @param known the item as it was just read: it is read again only when somebody has changed it meanwhile
 * @returns whether the item was changed
 */
export async function changeItem(
  TableName: string,
  Key: Attributes,
  transition: (item: Attributes | undefined) => Attributes | undefined,
  known?: Attributes,
): Promise<boolean> {
  const [partitionKey] = Object.keys(Key);
  /** Tells this write from everybody else's. */
  const writer = randomUUID();
  for (let attempt = 0; attempt < attempts; attempt++) {
    const before = (attempt === 0 && known) || (await readItem(TableName, Key));
    // Its answer was lost, and the SDK, which repeated it, was told that the item had changed.
    if (before?.writer === writer) return true;
    const after = transition(before);
    if (!after) return false;
    const version = (before?.version as number | undefined) ?? 0;
    const written = await conditionally(
      dynamodb.send(
        new PutCommand({
          TableName,
          Item: { ...Key, ...after, version: version + 1, writer },
          ConditionExpression: before ? 'version = :version' : 'attribute_not_exists(#key)',
          ...(before
            ? { ExpressionAttributeValues: { ':version': version } }
            : { ExpressionAttributeNames: { '#key': partitionKey as string } }),
        }),
      ),
    );
    if (written) return true;
  }
  throw new Error(`${Object.values(Key).join(' ')} changed ${attempts} times while it was to be changed.`);
}
