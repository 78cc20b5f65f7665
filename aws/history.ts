import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../csms/clock.js';
import type { History } from '../csms/history/ports.js';
import { conditionally, dynamodb } from './dynamodb.js';
import { day, expiryAfter } from './expiry.js';

/** In seconds: a year, for whoever settles accounts by the year, and a month to do it. */
const kept = 400 * day;

/** In the index of what is open, frames that somebody is to repair. */
export const openFor = 'repair';

/** One item per entry, below its charge point; the range key is `{kind}#{ISO time}#{id}`. */
export function dynamoHistory(TableName: string, clock: Clock): History {
  return {
    async add({ chargePointId, kind, at, id, detail }) {
      const key = { chargePointId, entry: `${kind}#${at.toISOString()}#${id}` };
      const open = kind === 'frame' && { openFor, version: 0 };
      // Not from `at`: it may be a charge point's clock, and wrong by years.
      const expires = expiryAfter(clock.now(), kept);
      const ConditionExpression = 'attribute_not_exists(chargePointId)';
      await conditionally(
        dynamodb.send(new PutCommand({ TableName, Item: { ...key, ...open, detail, expires }, ConditionExpression })),
      );
    },
  };
}
