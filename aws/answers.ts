import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Answers, ContestedAnswer } from '../csms/answers/ports.js';
import type { Clock } from '../csms/clock.js';
import { conditionally, dynamodb } from './dynamodb.js';
import { expiryAfter } from './expiry.js';
import { readItem } from './versioned-item.js';

/** How long a claim is kept, in seconds. */
const kept = 60 * 60;

/** One item per CALL that was answered, beside the charge point's commands; the range key is `answer#{connectionId}#{messageId}`. */
export function dynamoAnswers(TableName: string, clock: Clock): Answers {
  const keyOf = ({ chargePointId, connectionId, messageId }: Omit<ContestedAnswer, 'text'>) => ({
    ...{ chargePointId, item: `answer#${connectionId}#${messageId}` },
  });
  return {
    async claim({ text: answer, ...call }) {
      const now = clock.now();
      const written = await conditionally(
        dynamodb.send(
          new PutCommand({
            TableName,
            Item: { ...keyOf(call), answer, claimedAt: now.toISOString(), expires: expiryAfter(now, kept) },
            ConditionExpression: 'attribute_not_exists(chargePointId) OR answer = :answer',
            ExpressionAttributeValues: { ':answer': answer },
          }),
        ),
      );
      return written !== undefined;
    },

    async find(call) {
      const item = await readItem(TableName, keyOf(call));
      return item && { text: item.answer as string, at: new Date(item.claimedAt as string) };
    },
  };
}
