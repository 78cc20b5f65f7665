import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Idempotency, KeptAnswer, KeyedRequest } from '../csms/access/ports.js';
import { conditionally, dynamodb } from './dynamodb.js';
import { day, expiryAfter } from './expiry.js';
import { readItem } from './versioned-item.js';

/** Longer than any function runs: whoever took the key before is dead. */
const underWayFor = 60_000;

/** One item per idempotency key, for a day. */
export function dynamoIdempotency(TableName: string): Idempotency {
  const itemOf = (request: KeyedRequest, begunAt: number, now: Date) => ({
    ...request,
    begunAt,
    expires: expiryAfter(now, day),
  });

  return {
    async begin(request, now) {
      const { key, fingerprint, id: taker } = request;
      const begunAt = now.getTime();
      const take = (id: string, ConditionExpression: string, values: object) =>
        conditionally(
          dynamodb.send(
            new PutCommand({
              TableName,
              Item: { ...itemOf({ key, fingerprint, id }, begunAt, now), taker },
              ConditionExpression,
              ...values,
            }),
          ),
        );
      const isFree = await take(taker, 'attribute_not_exists(#key) OR expires < :now', {
        ExpressionAttributeNames: { '#key': 'key' },
        ExpressionAttributeValues: { ':now': expiryAfter(now, 0) },
      });
      if (isFree) return { outcome: 'new', id: taker };
      let item = await readItem(TableName, { key });
      if (item && !item.answer && (item.begunAt as number) < begunAt - underWayFor) {
        const isSame = item.fingerprint === fingerprint;
        const asRead = { ExpressionAttributeValues: { ':begunAt': item.begunAt } };
        await take(isSame ? (item.id as string) : taker, 'begunAt = :begunAt', asRead);
        item = await readItem(TableName, { key });
      }
      // Also where the answer was lost, and the SDK, which repeated the call, found the key taken by itself.
      if (item?.taker === taker) return { outcome: 'new', id: item.id as string };
      if (!item) return { outcome: 'under way' };
      if (item.fingerprint !== fingerprint) return { outcome: 'another request' };
      return item.answer ? { outcome: 'answered', answer: item.answer as KeptAnswer } : { outcome: 'under way' };
    },

    async end(request, answer, now) {
      await dynamodb.send(new PutCommand({ TableName, Item: { ...itemOf(request, now.getTime(), now), answer } }));
    },

    async abandon(request, now) {
      await dynamodb.send(new PutCommand({ TableName, Item: itemOf(request, 0, now) }));
    },
  };
}
