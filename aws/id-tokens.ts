import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Holder, IdToken, IdTokens } from '../csms/id-tokens/ports.js';
import { idTokenItem } from '../schemas/id-token.js';
import { conditionally, dynamodb } from './dynamodb.js';
import { readItem } from './versioned-item.js';

/** Who holds a token changes with its transactions: more changes than this between a write and a read are a fault. */
const attempts = 10;

/** Hears of items that are no id tokens: people write them too. */
export type NoToken = (message: string, about: { idToken: string; table: string }, error: unknown) => void;

/** One item per token, its key the normalised text. Times are ISO 8601. */
export function dynamoIdTokens(TableName: string, onNoToken: NoToken): IdTokens {
  return {
    async find(idToken) {
      const { Item } = await dynamodb.send(new GetCommand({ TableName, Key: { idToken } }));
      if (!Item) return undefined;
      const { token, error } = tokenIn(Item);
      if (error)
        onNoToken('An item is no id token, and taken as an invalid one.', { idToken, table: TableName }, error);
      return token;
    },

    async hold(idToken, holder, instead = holder) {
      for (let attempt = 0; attempt < attempts; attempt++) {
        const written = await conditionally(
          dynamodb.send(
            new UpdateCommand({
              TableName,
              Key: { idToken },
              UpdateExpression: 'SET heldBy = :holder',
              ConditionExpression:
                'attribute_exists(idToken) AND (attribute_not_exists(heldBy) OR heldBy = :holder OR heldBy = :instead)',
              ExpressionAttributeValues: { ':holder': textOf(holder), ':instead': textOf(instead) },
            }),
          ),
        );
        if (written) return holder;
        const item = await readItem(TableName, { idToken });
        // A token that nobody knows any more is in no transaction.
        if (!item) return holder;
        if (item.heldBy) return holderOf(item.heldBy as string);
        // It was given back meanwhile.
      }
      throw new Error(`${idToken} changed hands ${attempts} times while it was to be held.`);
    },

    async release(idToken, holder) {
      await conditionally(
        dynamodb.send(
          new UpdateCommand({
            TableName,
            Key: { idToken },
            UpdateExpression: 'REMOVE heldBy',
            ConditionExpression: 'heldBy = :holder',
            ExpressionAttributeValues: { ':holder': textOf(holder) },
          }),
        ),
      );
    },
  };
}

/** The token that an item is, and why it is none: then it is an invalid one. */
export function tokenIn(item: Record<string, unknown>): { token: IdToken; error?: unknown } {
  const { data, error } = idTokenItem.safeParse(item);
  return data
    ? { token: data }
    : { token: { idToken: String(item.idToken), status: 'Invalid', oneTransaction: false }, error };
}

/** One text: two holders are compared as a whole. No identity has a `#`, since no name of a thing has. */
function textOf({ chargePointId, transactionId }: Holder): string {
  return `${chargePointId}#${transactionId}`;
}

export function holderOf(text: string): Holder {
  const end = text.indexOf('#');
  return { chargePointId: text.slice(0, end), transactionId: text.slice(end + 1) };
}
