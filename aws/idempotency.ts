import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Idempotency, KeptAnswer } from '../csms/access/ports.js';
import { conditionally, dynamodb } from './dynamodb.js';
import { day, expiryAfter } from './expiry.js';
import { readItem } from './versioned-item.js';

/** Longer than any function runs: whoever took the key before is dead. */
const underWayFor = 60_000;

/** One item per idempotency key, for a day. */
export function dynamoIdempotency(TableName: string): Idempotency {
  return {
    async begin({ key, fingerprint }, now) {
      const taken = await conditionally(
        dynamodb.send(
          new PutCommand({
            TableName,
            Item: { key, fingerprint, begunAt: now.getTime(), expires: expiryAfter(now, day) },
            ConditionExpression:
              'attribute_not_exists(#key) OR expires < :now OR (attribute_not_exists(answer) AND begunAt < :dead)',
            ExpressionAttributeNames: { '#key': 'key' },
            ExpressionAttributeValues: {
              ':now': expiryAfter(now, 0),
              ':dead': now.getTime() - underWayFor,
            },
          }),
        ),
      );
      if (taken) return { outcome: 'new' };
      const item = await readItem(TableName, { key });
      if (!item) return { outcome: 'under way' };
      if (item.fingerprint !== fingerprint) return { outcome: 'another request' };
      return item.answer ? { outcome: 'answered', answer: item.answer as KeptAnswer } : { outcome: 'under way' };
    },

    async end({ key, fingerprint }, answer, now) {
      const Item = { key, fingerprint, answer, begunAt: now.getTime(), expires: expiryAfter(now, day) };
      await dynamodb.send(new PutCommand({ TableName, Item }));
    },

    async abandon({ key }) {
      await dynamodb.send(new DeleteCommand({ TableName, Key: { key } }));
    },
  };
}
