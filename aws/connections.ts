import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { ConnectionRecord, Connections } from '../csms/connections/ports.js';
import { conditionally, dynamodb } from './dynamodb.js';

/** Two writers at once are rare, three hardly ever: more conflicts in a row than this are a fault. */
const attempts = 10;

interface Item {
  chargePointId: string;
  version: number;
  record: ConnectionRecord;
}

/** One item per charge point; `version` counts its changes, so that nobody overwrites what he has not read. */
export function dynamoConnections(TableName: string): Connections {
  async function item(chargePointId: string): Promise<Omit<Item, 'chargePointId'>> {
    const { Item } = await dynamodb.send(new GetCommand({ TableName, Key: { chargePointId }, ConsistentRead: true }));
    return (Item as Item | undefined) ?? { version: 0, record: { opening: [], replacedAt: [] } };
  }

  return {
    async read(chargePointId) {
      return (await item(chargePointId)).record;
    },

    async change(chargePointId, transition) {
      for (let attempt = 0; attempt < attempts; attempt++) {
        const { version, record: before } = await item(chargePointId);
        const after = transition(before);
        if (!after) return { before, after: before };
        const written = await conditionally(
          dynamodb.send(
            new PutCommand({
              TableName,
              Item: { chargePointId, version: version + 1, record: after } satisfies Item,
              ConditionExpression: 'attribute_not_exists(chargePointId) OR version = :version',
              ExpressionAttributeValues: { ':version': version },
            }),
          ),
        );
        if (written) return { before, after };
      }
      throw new Error(`The connections of ${chargePointId} changed ${attempts} times while they were to be changed.`);
    },
  };
}
