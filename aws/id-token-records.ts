import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { IdToken } from '../csms/id-tokens/ports.js';
import type { IdTokenRecord, IdTokenRecords } from '../csms/id-tokens/records.js';
import { ChangedMeanwhile } from '../csms/page.js';
import { idTokenItem } from '../schemas/id-token.js';
import { conditionally, dynamodb } from './dynamodb.js';
import { holderOf } from './id-tokens.js';
import { queryPage } from './page.js';
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
      const values = { ...attributesOf(token), listedIn } as Item;
      const names = Object.keys(values);
      const set = names.filter((name) => values[name] !== undefined);
      const removed = names.filter((name) => values[name] === undefined);
      const sets = ['revision = if_not_exists(revision, :none) + :one', ...set.map((name) => `#${name} = :${name}`)];
      const written = await conditionally(
        dynamodb.send(
          new UpdateCommand({
            TableName,
            Key: { idToken },
            UpdateExpression: `SET ${sets.join(', ')}${removed.length > 0 ? ` REMOVE ${removed.map((name) => `#${name}`).join(', ')}` : ''}`,
            ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
            ExpressionAttributeValues: {
              ':none': 0,
              ':one': 1,
              ...Object.fromEntries(set.map((name) => [`:${name}`, values[name]])),
              ...(expected && { ':expected': expected }),
            },
            ...(expected !== undefined && { ConditionExpression: conditionFor(expected) }),
            ReturnValues: 'ALL_NEW',
          }),
        ),
      );
      if (!written) throw new ChangedMeanwhile();
      return recordOf(written.Attributes as Item);
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
            ReturnValues: 'ALL_OLD',
          }),
        ),
      );
      if (!removed) throw new ChangedMeanwhile();
      return removed.Attributes !== undefined;
    },
  };
}

function conditionFor(expected: number): string {
  return expected === 0 ? 'attribute_not_exists(idToken)' : 'revision = :expected';
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
  return { ...idTokenItem.parse(item), ...(heldBy && { heldBy: holderOf(heldBy) }), revision };
}
