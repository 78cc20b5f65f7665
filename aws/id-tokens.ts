import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { IdTokens } from '../csms/id-tokens/ports.js';
import { idTokenItem } from '../schemas/id-token.js';
import { dynamodb } from './dynamodb.js';

/** One item per token, its key the normalised text. Times are ISO 8601. */
export function dynamoIdTokens(TableName: string): IdTokens {
  return {
    async find(idToken) {
      const { Item } = await dynamodb.send(new GetCommand({ TableName, Key: { idToken } }));
      if (!Item) return undefined;
      const { data, error } = idTokenItem.safeParse(Item);
      if (!data) throw new Error(`The item ${idToken} of ${TableName} is no id token.`, { cause: error });
      return data;
    },
  };
}
