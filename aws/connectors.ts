import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type ConnectorState, type Connectors, longAfter } from '../csms/connectors/ports.js';
import type { ConnectorRecords } from '../csms/connectors/records.js';
import { conditionally, dynamodb } from './dynamodb.js';
import { queryPage } from './page.js';

/** One item per connector, below its charge point; the range key is `{evseId}#{connectorId}`. */
export function dynamoConnectors(TableName: string): Connectors {
  return {
    async report({
      chargePointId,
      evseId,
      connectorId,
      at,
      receivedAt,
      status,
      errorCode,
      info,
      vendorId,
      vendorErrorCode,
    }) {
      const written = await conditionally(
        dynamodb.send(
          new UpdateCommand({
            TableName,
            Key: { chargePointId, connector: `${evseId}#${connectorId}` },
            UpdateExpression: 'SET #state = :state, #at = :at, receivedAt = :receivedAt',
            ConditionExpression:
              'attribute_not_exists(#at) OR receivedAt < :longBefore OR ' +
              '(receivedAt <= :longAfter AND (#at < :at OR (#at = :at AND receivedAt <= :receivedAt)))',
            ExpressionAttributeNames: { '#state': 'state', '#at': 'at' },
            ExpressionAttributeValues: {
              ':state': { evseId, connectorId, status, errorCode, info, vendorId, vendorErrorCode },
              ':at': at.toISOString(),
              ':receivedAt': receivedAt.toISOString(),
              ':longBefore': new Date(receivedAt.getTime() - longAfter).toISOString(),
              ':longAfter': new Date(receivedAt.getTime() + longAfter).toISOString(),
            },
          }),
        ),
      );
      return written !== undefined;
    },
  };
}

/** The operator's side of the same items. */
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
