import { createHash } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { MeterValues, Readings } from '../csms/meter-values/ports.js';
import { dynamodb } from './dynamodb.js';

/**
 * One item for each message with meter values, below the transaction or else the EVSE that they belong to:
 * `{chargePointId}#transaction#{transactionId}` or `{chargePointId}#evse#{evseId}`. The range key is the time of the first
 * value and a hash of them all, so that the same ones are the same item.
 */
export function dynamoMeterValues(TableName: string): MeterValues {
  return {
    async add(readings) {
      const { chargePointId, evseId, transactionId, meterValues, receivedAt } = readings;
      const item = { chargePointId, evseId, transactionId, meterValues, receivedAt: receivedAt.toISOString() };
      await dynamodb.send(
        new PutCommand({ TableName, Item: { series: seriesOf(readings), at: placeOf(readings), ...item } }),
      );
    },
  };
}

function seriesOf({ chargePointId, evseId, transactionId }: Readings): string {
  return transactionId === undefined
    ? `${chargePointId}#evse#${evseId}`
    : `${chargePointId}#transaction#${transactionId}`;
}

function placeOf({ meterValues }: Readings): string {
  const first = meterValues.map(({ at }) => at).reduce((a, b) => (a < b ? a : b));
  return `${first}#${createHash('sha256').update(JSON.stringify(meterValues)).digest('base64url').slice(0, 16)}`;
}
