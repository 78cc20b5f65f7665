import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { ChargePoint, ChargePoints } from '../csms/charge-points/ports.js';
import { conditionally, dynamodb } from './dynamodb.js';

const seenResolution = 15 * 60_000;

/** One item per thing name: the registry's mirror and what the charge point said of itself. Times are ISO 8601, `registryAt` in ms. */
export function dynamoChargePoints(TableName: string): ChargePoints {
  /** What this environment wrote, so that most heartbeats cost no call at all. */
  const lastWritten = new Map<string, number>();

  return {
    async find(chargePointId) {
      const { Item } = await dynamodb.send(new GetCommand({ TableName, Key: { chargePointId } }));
      return Item && ({ registered: false, namespace: '', ...Item } as ChargePoint);
    },

    async mirror({ chargePointId, registered, namespace, at }) {
      const written = await conditionally(
        dynamodb.send(
          new UpdateCommand({
            TableName,
            Key: { chargePointId },
            UpdateExpression: 'SET registered = :registered, #namespace = :namespace, registryAt = :at',
            ConditionExpression: 'attribute_not_exists(registryAt) OR registryAt <= :at',
            ExpressionAttributeNames: { '#namespace': 'namespace' },
            ExpressionAttributeValues: { ':registered': registered, ':namespace': namespace, ':at': at },
          }),
        ),
      );
      return written !== undefined;
    },

    async booted({ chargePointId, protocol, hardware, reason, at }) {
      const time = at.toISOString();
      const written = await conditionally(
        dynamodb.send(
          new UpdateCommand({
            TableName,
            Key: { chargePointId },
            UpdateExpression:
              'SET protocol = :protocol, hardware = :hardware, bootReason = :reason, bootedAt = :at, seenAt = :at',
            ConditionExpression: 'attribute_not_exists(bootedAt) OR bootedAt <= :at',
            ExpressionAttributeValues: {
              ':protocol': protocol,
              ':hardware': hardware,
              ':reason': reason ?? null,
              ':at': time,
            },
            ReturnValues: 'ALL_NEW',
          }),
        ),
      );
      lastWritten.set(chargePointId, at.getTime());
      return (written?.Attributes as ChargePoint | undefined) ?? (await this.find(chargePointId)) ?? {};
    },

    async seen(chargePointId, at) {
      const before = at.getTime() - seenResolution;
      if ((lastWritten.get(chargePointId) ?? 0) > before) return;
      await conditionally(
        dynamodb.send(
          new UpdateCommand({
            TableName,
            Key: { chargePointId },
            UpdateExpression: 'SET seenAt = :at',
            ConditionExpression: 'attribute_not_exists(seenAt) OR seenAt <= :before',
            ExpressionAttributeValues: { ':at': at.toISOString(), ':before': new Date(before).toISOString() },
          }),
        ),
      );
      lastWritten.set(chargePointId, at.getTime());
    },
  };
}
