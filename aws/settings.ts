import { randomUUID } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ChangedMeanwhile } from '../csms/changed-meanwhile.js';
import { conditionally, dynamodb } from './dynamodb.js';
import { readItem } from './versioned-item.js';

type Attributes = Record<string, unknown>;

/**
 * Sets what has a value, removes what has none, leaves all else, and counts it in `revision`.
 *
 * @param expected the revision that the item has; 0 when it has none
 * @returns the item as it is now @throws {ChangedMeanwhile} when its revision is another
 */
export async function changeSettings(
  TableName: string,
  Key: Attributes,
  values: Attributes,
  expected?: number,
): Promise<Attributes> {
  const names = ['writer', ...Object.keys(values)];
  /** Tells this write from everybody else's, when its answer is lost and the SDK repeats it. */
  const writer = randomUUID();
  const all: Attributes = { ...values, writer };
  const set = names.filter((name) => all[name] != null);
  const removed = names.filter((name) => all[name] == null).map((name) => `#${name}`);
  const sets = ['revision = if_not_exists(revision, :none) + :one', ...set.map((name) => `#${name} = :${name}`)];
  const isOther = '(attribute_not_exists(#writer) OR #writer <> :writer)';
  const isExpected = expected === 0 ? 'attribute_not_exists(revision)' : 'revision = :expected';
  const written = await conditionally(
    dynamodb.send(
      new UpdateCommand({
        TableName,
        Key,
        UpdateExpression: `SET ${sets.join(', ')}${removed.length > 0 ? ` REMOVE ${removed.join(', ')}` : ''}`,
        ConditionExpression: expected === undefined ? isOther : `${isOther} AND ${isExpected}`,
        ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: {
          ':none': 0,
          ':one': 1,
          ...Object.fromEntries(set.map((name) => [`:${name}`, all[name]])),
          ...(expected && { ':expected': expected }),
        },
        ReturnValues: 'ALL_NEW',
      }),
    ),
  );
  const item = written?.Attributes ?? (await readItem(TableName, Key));
  if (item?.writer !== writer) throw new ChangedMeanwhile();
  return item;
}
