import type { Command } from '../csms/commands/ports.js';
import type { CommandRecords } from '../csms/commands/records.js';
import type { ConnectorState } from '../csms/connectors/ports.js';
import type { ConnectorRecords } from '../csms/connectors/records.js';
import type { KeptFrameRecords } from '../csms/history/kept-frames.js';
import type { MeterValue } from '../csms/meter-values/ports.js';
import type { MeterValueRecords } from '../csms/meter-values/records.js';
import type { PageRequest } from '../csms/page.js';
import type { Transaction } from '../csms/transactions/ports.js';
import type { TransactionKey, TransactionRecords } from '../csms/transactions/records.js';
import { openFor } from './history.js';
import { frameOf } from './kept-frames.js';
import { itemsOf, queryPage } from './page.js';
import { bounds } from './range.js';

/** What operators read of the items that other files of this room write. */

export function dynamoCommandRecords(TableName: string): CommandRecords {
  return {
    async list(chargePointId, { isQueued }, page) {
      const found = await queryPage(
        isQueued
          ? {
              ...{ TableName, IndexName: 'queue' },
              KeyConditionExpression: 'chargePointId = :chargePointId',
              ExpressionAttributeValues: { ':chargePointId': chargePointId },
            }
          : {
              TableName,
              KeyConditionExpression: 'chargePointId = :chargePointId AND begins_with(#item, :command)',
              ExpressionAttributeNames: { '#item': 'item' },
              ExpressionAttributeValues: { ':chargePointId': chargePointId, ':command': 'command#' },
              ScanIndexForward: false,
            },
        page,
      );
      return {
        ...found,
        items: found.items.map(({ command }) => ({ chargePointId, ...(command as object) }) as Command),
      };
    },
  };
}

export function dynamoConnectorRecords(TableName: string): ConnectorRecords {
  return {
    async list(chargePointId) {
      const query = {
        TableName,
        KeyConditionExpression: 'chargePointId = :chargePointId',
        ExpressionAttributeValues: { ':chargePointId': chargePointId },
      };
      const { items } = await queryPage(query, { limit: 1_000 });
      return items.map(({ state, at, receivedAt }) => ({
        ...(state as Omit<ConnectorState, 'chargePointId' | 'at' | 'receivedAt'>),
        chargePointId,
        at: new Date(at as string),
        receivedAt: new Date(receivedAt as string),
      }));
    },
  };
}

export function dynamoKeptFrameRecords(TableName: string): KeptFrameRecords {
  return {
    async open(page) {
      const found = await queryPage(
        {
          ...{ TableName, IndexName: 'open' },
          KeyConditionExpression: 'openFor = :repair',
          ExpressionAttributeValues: { ':repair': openFor },
        },
        page,
      );
      return { ...found, items: found.items.map(frameOf) };
    },

    async of(chargePointId, page) {
      const found = await queryPage(
        {
          TableName,
          KeyConditionExpression: 'chargePointId = :chargePointId AND begins_with(entry, :frame)',
          ExpressionAttributeValues: { ':chargePointId': chargePointId, ':frame': 'frame#' },
          ScanIndexForward: false,
        },
        page,
      );
      return { ...found, items: found.items.map(frameOf) };
    },
  };
}

export function dynamoMeterValueRecords(TableName: string): MeterValueRecords {
  return {
    async ofTransaction(chargePointId, transactionId, page) {
      const found = await queryPage(
        {
          TableName,
          KeyConditionExpression: 'series = :series',
          ExpressionAttributeValues: { ':series': `${chargePointId}#transaction#${transactionId}` },
        },
        page,
      );
      return { ...found, items: found.items.flatMap(({ meterValues }) => meterValues as MeterValue[]) };
    },
  };
}

export function dynamoTransactionRecords(TableName: string): TransactionRecords {
  async function keysOf(query: Parameters<typeof queryPage>[0], page: PageRequest) {
    const found = await queryPage(query, page);
    const keyOf = ({ chargePointId, transactionId }: Record<string, unknown>) =>
      ({ chargePointId, transactionId }) as TransactionKey;
    return { ...found, items: found.items.map(keyOf) };
  }
  async function read(keys: TransactionKey[]) {
    const transactionOf = ({ chargePointId, transactionId, transaction }: Record<string, unknown>) =>
      ({ chargePointId, transactionId, ...(transaction as object) }) as Transaction;
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
          KeyConditionExpression: 'dueFor = :forget',
          ExpressionAttributeValues: { ':forget': 'forget' },
        },
        page,
      ),
  };
}
