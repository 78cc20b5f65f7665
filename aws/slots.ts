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
      const { item: _, ...slot } = found;
      return slot as unknown as Slot;
    },

    async take(slot, held) {
      const written = await conditionally(
        dynamodb.send(
          new PutCommand({
            TableName,
            Item: { ...key(slot.chargePointId), ...slot },
            ...(held ? isHeld(held) : { ConditionExpression: 'attribute_not_exists(chargePointId)' }),
          }),
        ),
      );
      return written !== undefined;
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
