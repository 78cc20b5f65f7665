import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from './dynamodb.js';

/**
 * The keys of a table's items that are due: those that its index `due` has under `dueFor` with a `dueAt` (ISO 8601 UTC) not
 * after `now`, the longest due first. The index is global, and may be behind: whoever reads an item looks again.
 */
export async function dueKeys(
  TableName: string,
  dueFor: string,
  now: Date,
  limit: number,
): Promise<Record<string, unknown>[]> {
  const keys: Record<string, unknown>[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await dynamodb.send(
      new QueryCommand({
        TableName,
        IndexName: 'due',
        KeyConditionExpression: 'dueFor = :dueFor AND dueAt <= :now',
        ExpressionAttributeValues: { ':dueFor': dueFor, ':now': now.toISOString() },
        Limit: limit - keys.length,
        ExclusiveStartKey,
      }),
    );
    keys.push(...Items);
    ExclusiveStartKey = LastEvaluatedKey;
  } while (ExclusiveStartKey && keys.length < limit);
  return keys;
}
