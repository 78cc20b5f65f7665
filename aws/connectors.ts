import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Connectors } from '../csms/connectors/ports.js';
import { conditionally, dynamodb } from './dynamodb.js';

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
            ConditionExpression: 'attribute_not_exists(#at) OR #at < :at OR (#at = :at AND receivedAt <= :receivedAt)',
            ExpressionAttributeNames: { '#state': 'state', '#at': 'at' },
            ExpressionAttributeValues: {
              ':state': { evseId, connectorId, status, errorCode, info, vendorId, vendorErrorCode },
              ':at': at.toISOString(),
              ':receivedAt': receivedAt.toISOString(),
            },
          }),
        ),
      );
      return written !== undefined;
    },
  };
}
