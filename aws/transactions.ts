import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { PageRequest } from '../csms/page.js';
import { forgottenFrom } from '../csms/transactions/forget.js';
import { isOpen, type StoredTransaction, type Transaction, type Transactions } from '../csms/transactions/ports.js';
import type { TransactionKey, TransactionRecords } from '../csms/transactions/records.js';
import { dueKeys } from './due.js';
import { dynamodb } from './dynamodb.js';
import { itemsOf, queryPage } from './page.js';
import { bounds } from './range.js';
import { changeItem, readItem } from './versioned-item.js';

/** In the index of what is due, those that are open. */
const dueFor = 'forget';

/** One item per transaction, below its charge point. Those that are open are in the index `open` by their EVSE, and in `due`. */
export function dynamoTransactions(TableName: string): Transactions {
  return {
    async find(chargePointId, transactionId) {
      const item = await readItem(TableName, { chargePointId, transactionId });
      return item && stored(transactionOf(item), item.version as number);
    },

    async openOn(chargePointId, evseId) {
      const { Items = [] } = await dynamodb.send(
        new QueryCommand({
          TableName,
          IndexName: 'open',
          KeyConditionExpression: 'chargePointId = :chargePointId AND openOn = :evseId',
          ExpressionAttributeValues: { ':chargePointId': chargePointId, ':evseId': evseId },
          ConsistentRead: true,
        }),
      );
      return Items.map(({ transactionId }) => transactionId as string);
    },

    async due(now, limit) {
      const keys = await dueKeys(TableName, dueFor, now, limit);
      return keys as Pick<Transaction, 'chargePointId' | 'transactionId'>[];
    },

    async change(chargePointId, transactionId, transition) {
      let transaction: StoredTransaction | undefined;
      await changeItem(TableName, { chargePointId, transactionId }, (item) => {
        const before = item && transactionOf(item);
        const version = (item?.version as number | undefined) ?? 0;
        const after = transition(before);
        transaction = after ? stored(after, version + 1) : before && stored(before, version);
        return after && attributesOf(after);
      });
      return transaction;
    },
  };
}

/** The operator's side of the same items. */
export function dynamoTransactionRecords(TableName: string): TransactionRecords {
  async function keysOf(query: Parameters<typeof queryPage>[0], page: PageRequest) {
    const found = await queryPage(query, page);
    const keyOf = ({ chargePointId, transactionId }: Record<string, unknown>) =>
      ({ chargePointId, transactionId }) as TransactionKey;
    return { ...found, items: found.items.map(keyOf) };
  }
  async function read(keys: TransactionKey[]) {
    return (await itemsOf(TableName, keys)).map(transactionOf);
  }
  async function list(query: Parameters<typeof queryPage>[0], page: PageRequest) {
    const found = await keysOf(query, page);
    return { ...found, items: await read(found.items) };
  }
  return {
    read,
    of: (chargePointId, range, page) =>
      list(
        {
          ...{ TableName, IndexName: 'began', ScanIndexForward: false },
          KeyConditionExpression: 'chargePointId = :chargePointId AND began BETWEEN :from AND :to',
          ExpressionAttributeValues: { ':chargePointId': chargePointId, ...bounds(range) },
        },
        page,
      ),
    atSite: (site, range, page) =>
      list(
        {
          ...{ TableName, IndexName: 'site', ScanIndexForward: false },
          KeyConditionExpression: 'site = :site AND began BETWEEN :from AND :to',
          ExpressionAttributeValues: { ':site': site, ...bounds(range) },
        },
        page,
      ),
    inMonth: (month, range, page) =>
      keysOf(
        {
          ...{ TableName, IndexName: 'month', ScanIndexForward: false },
          KeyConditionExpression: '#month = :month AND began BETWEEN :from AND :to',
          ExpressionAttributeNames: { '#month': 'month' },
          ExpressionAttributeValues: { ':month': month, ...bounds(range) },
        },
        page,
      ),
    open: (page) =>
      list(
        {
          ...{ TableName, IndexName: 'due' },
          KeyConditionExpression: 'dueFor = :dueFor',
          ExpressionAttributeValues: { ':dueFor': dueFor },
        },
        page,
      ),
  };
}

function stored(transaction: Transaction, revision: number): StoredTransaction {
  return { ...transaction, revision };
}

function attributesOf(told: Transaction): Record<string, unknown> {
  const { chargePointId: _, transactionId: __, ...transaction } = told;
  const { evseId, firstAt, site } = transaction;
  return {
    transaction,
    ...{ began: firstAt, month: firstAt.slice(0, 7) },
    ...(site !== undefined && { site }),
    // Only while it is open is it in the indexes.
    ...(isOpen(told) && evseId !== undefined && { openOn: evseId }),
    ...(isOpen(told) && { dueFor, dueAt: forgottenFrom(told).toISOString() }),
  };
}

function transactionOf({ chargePointId, transactionId, transaction }: Record<string, unknown>): Transaction {
  return { chargePointId, transactionId, ...(transaction as object) } as Transaction;
}
