import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { ChangedMeanwhile } from '../csms/changed-meanwhile.js';
import type { IdToken } from '../csms/id-tokens/ports.js';
import type { IdTokenRecord, IdTokenRecords } from '../csms/id-tokens/records.js';
import { conditionally, dynamodb } from './dynamodb.js';
import { holderOf, tokenIn } from './id-tokens.js';
import { queryPage } from './page.js';
import { changeSettings } from './settings.js';
import { readItem } from './versioned-item.js';

/** All tokens are in one list. */
const listedIn = 'all';

type Item = Record<string, unknown>;

/** The operator's side of the items of IdTokensTable. */
export function dynamoIdTokenRecords(TableName: string): IdTokenRecords {
  return {
    async read(idToken) {
      const item = await readItem(TableName, { idToken });
      return item && recordOf(item);
    },

    async list({ groupId }, page) {
      const [name, value] = groupId === undefined ? ['listedIn', listedIn] : ['groupId', groupId];
      const found = await queryPage(
        {
          TableName,
          IndexName: groupId === undefined ? 'list' : 'group',
          KeyConditionExpression: '#key = :key',
          ExpressionAttributeNames: { '#key': name },
          ExpressionAttributeValues: { ':key': value },
        },
        page,
      );
      return { ...found, items: found.items.map(recordOf) };
    },

    async put({ idToken, ...token }, expected) {
      const values = { ...attributesOf(token), listedIn };
      return recordOf(await changeSettings(TableName, { idToken }, values, expected));
    },

    async remove(idToken, expected) {
      const removed = await conditionally(
        dynamodb.send(
          new DeleteCommand({
            TableName,
            Key: { idToken },
            ...(expected !== undefined && {
              ConditionExpression: 'revision = :expected',
              ExpressionAttributeValues: { ':expected': expected },
            }),
          }),
        ),
      );
      // When it is gone, the SDK repeated the call whose answer was lost, or somebody was faster: it is removed.
      if (!removed && (await readItem(TableName, { idToken }))) throw new ChangedMeanwhile();
    },
  };
}

function attributesOf({
  type,
  status,
  expiry,
  groupId,
  oneTransaction,
  language,
  cacheSeconds,
}: Omit<IdToken, 'idToken'>) {
  return { type, status, expiry: expiry?.toISOString(), groupId, oneTransaction, language, cacheSeconds };
}

function recordOf(item: Item): IdTokenRecord {
  const { heldBy, revision = 0 } = item as { heldBy?: string; revision?: number };
  return { ...tokenIn(item).token, ...(heldBy && { heldBy: holderOf(heldBy) }), revision };
}
