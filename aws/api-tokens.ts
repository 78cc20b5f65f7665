import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { ApiToken, ApiTokens } from '../csms/access/ports.js';
import { conditionally, dynamodb } from './dynamodb.js';
import { expiryAt } from './expiry.js';
import { queryPage } from './page.js';
import { readItem } from './versioned-item.js';

/** All tokens are in one list: there are few. */
const list = 'tokens';

/** One item per API token; its key is `tokens` and the token's id. */
export function dynamoApiTokens(TableName: string): ApiTokens {
  return {
    async add(token, hash) {
      const Item = { list, ...token, hash, expires: expiryAt(token.expiresAt) };
      await dynamodb.send(new PutCommand({ TableName, Item }));
    },

    async find(tokenId) {
      const item = await readItem(TableName, { list, tokenId });
      return item && { token: tokenOf(item), hash: item.hash as string };
    },

    async list(page) {
      const found = await queryPage(
        {
          TableName,
          KeyConditionExpression: '#list = :list',
          ExpressionAttributeNames: { '#list': 'list' },
          ExpressionAttributeValues: { ':list': list },
        },
        page,
      );
      return { ...found, items: found.items.map(tokenOf) };
    },

    async used(tokenId, at) {
      await conditionally(
        dynamodb.send(
          new UpdateCommand({
            TableName,
            Key: { list, tokenId },
            UpdateExpression: 'SET lastUsedAt = :at',
            ConditionExpression: 'attribute_exists(tokenId)',
            ExpressionAttributeValues: { ':at': at },
          }),
        ),
      );
    },

    async remove(tokenId) {
      await dynamodb.send(new DeleteCommand({ TableName, Key: { list, tokenId } }));
    },
  };
}

function tokenOf({ list: _, hash: __, expires: ___, ...token }: Record<string, unknown>): ApiToken {
  return token as unknown as ApiToken;
}
