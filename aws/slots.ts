import { randomUUID } from 'node:crypto';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Slot, Slots } from '../csms/commands/ports.js';
import { conditionally, dynamodb } from './dynamodb.js';
import { readItem } from './versioned-item.js';

/** One item per charge point whose answer is waited for, beside its commands; the range key is `slot`. */
export function dynamoSlots(TableName: string): Slots {
  const key = (chargePointId: string) => ({ chargePointId, item: 'slot' });

  return {
    async read(chargePointId) {
      const found = await readItem(TableName, key(chargePointId));
      if (!found) return undefined;
      const { item: _, taker: __, ...slot } = found;
      return slot as unknown as Slot;
    },

    async take(slot, held) {
      const taker = randomUUID();
      const written = await conditionally(
        dynamodb.send(
          new PutCommand({
            TableName,
            Item: { ...key(slot.chargePointId), ...slot, taker },
            ...(held ? isHeld(held) : { ConditionExpression: 'attribute_not_exists(chargePointId)' }),
          }),
        ),
      );
      if (written) return true;
      // The answer may have been lost, and the SDK, which repeated the call, have found the slot held by itself.
      return (await readItem(TableName, key(slot.chargePointId)))?.taker === taker;
    },

    async release(slot) {
      await conditionally(
        dynamodb.send(new DeleteCommand({ TableName, Key: key(slot.chargePointId), ...isHeld(slot) })),
      );
    },
  };
}

/** The same message id on another connection, or at another time, is another CALL. */
function isHeld({ messageId, connectionId, deadline }: Slot) {
  return {
    ConditionExpression: 'messageId = :messageId AND connectionId = :connectionId AND deadline = :deadline',
    ExpressionAttributeValues: { ':messageId': messageId, ':connectionId': connectionId, ':deadline': deadline },
  };
}
