import { createHash } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Answers } from '../csms/answers/ports.js';
import type { Clock } from '../csms/clock.js';
import { conditionally, dynamodb } from './dynamodb.js';

/** How long a claim is kept, in seconds. */
const kept = 60 * 60;

/** One item per CALL that was answered, beside the charge point's commands; the range key is `answer#{connectionId}#{messageId}`. */
export function dynamoAnswers(TableName: string, clock: Clock): Answers {
  return {
    async claim({ chargePointId, connectionId, messageId, text }) {
      const answer = createHash('sha256').update(text).digest('hex');
      const expires = Math.floor(clock.now().getTime() / 1000) + kept;
      const written = await conditionally(
        dynamodb.send(
          new PutCommand({
            TableName,
            Item: { chargePointId, item: `answer#${connectionId}#${messageId}`, answer, expires },
            ConditionExpression: 'attribute_not_exists(chargePointId) OR answer = :answer',
            ExpressionAttributeValues: { ':answer': answer },
          }),
        ),
      );
      return written !== undefined;
    },
  };
}
