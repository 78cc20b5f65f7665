import { createHash } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { MeterValue, MeterValues, Readings } from '../csms/meter-values/ports.js';
import type { MeterValueRecords } from '../csms/meter-values/records.js';
import { dynamodb } from './dynamodb.js';
import { queryPage } from './page.js';

/** A message has 128 KB, an item 400 KB, of which a sampled value takes some 150 bytes beside what its sender wrote. */
const valuesPerItem = 1_000;

/**
 * One item for each message with meter values, or for each thousand of them, below the transaction or else the EVSE that
 * they belong to: `{chargePointId}#transaction#{transactionId}` or `{chargePointId}#evse#{evseId}`. The range key is the
 * time of the first value and a hash of them all, so that the same ones are the same item.
 */
export function dynamoMeterValues(TableName: string): MeterValues {
  return {
    async add(readings) {
      const { chargePointId, evseId, transactionId, meterValues, receivedAt } = readings;
      const [series, place] = [seriesOf(readings), placeOf(readings)];
      const item = { series, chargePointId, evseId, transactionId, receivedAt: receivedAt.toISOString() };
      for (const [i, part] of partsOf(meterValues).entries()) {
        const at = i === 0 ? place : `${place}#${i}`;
        await dynamodb.send(new PutCommand({ TableName, Item: { ...item, at, meterValues: part } }));
      }
    },
  };
}

/** The operator's side of the same items. */
export function dynamoMeterValueRecords(TableName: string): MeterValueRecords {
  return {
    async ofTransaction(chargePointId, transactionId, page) {
      const found = await queryPage(
        {
          TableName,
          KeyConditionExpression: 'series = :series',
          ExpressionAttributeValues: { ':series': seriesOfTransaction(chargePointId, transactionId) },
        },
        page,
      );
      return { ...found, items: found.items.flatMap(({ meterValues }) => meterValues as MeterValue[]) };
    },
  };
}

function seriesOf({ chargePointId, evseId, transactionId }: Readings): string {
  return transactionId === undefined
    ? `${chargePointId}#evse#${evseId}`
    : seriesOfTransaction(chargePointId, transactionId);
}

function seriesOfTransaction(chargePointId: string, transactionId: string): string {
  return `${chargePointId}#transaction#${transactionId}`;
}

function placeOf({ evseId, meterValues }: Readings): string {
  const first = meterValues.map(({ at }) => at).reduce((a, b) => (a < b ? a : b));
  const hash = createHash('sha256').update(JSON.stringify([evseId, meterValues]));
  return `${first}#${hash.digest('base64url').slice(0, 16)}`;
}

/** The values in their order, as many to a part as an item takes. A time without values takes room as well. */
function partsOf(meterValues: readonly MeterValue[]): MeterValue[][] {
  const parts: MeterValue[][] = [[]];
  let room = valuesPerItem;
  for (const { at, sampledValues } of meterValues) {
    let left = sampledValues;
    do {
      if (room === 0) {
        parts.push([]);
        room = valuesPerItem;
      }
      const values = left.slice(0, room);
      parts.at(-1)?.push({ at, sampledValues: values });
      left = left.slice(room);
      room -= Math.max(1, values.length);
    } while (left.length > 0);
  }
  return parts;
}
