import { GetCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { ChargePoint, ChargePoints, RegistrationStatus } from '../csms/charge-points/ports.js';
import type { Clock } from '../csms/clock.js';
import { listOf } from './charge-point-records.js';
import { conditionally, dynamodb } from './dynamodb.js';

const seenResolution = 15 * 60_000;
const acceptedFor = 15 * 60_000;

interface Item extends Partial<ChargePoint> {
  /** What its last boot was answered. */
  bootStatus?: RegistrationStatus;
  bootedAt?: string;
}

/** One item per thing name: the registry's mirror and what the charge point said of itself. Times are ISO 8601, `registryAt` in ms. */
export function dynamoChargePoints(TableName: string, clock: Clock): ChargePoints {
  /** What this environment wrote, so that most heartbeats cost no call at all. */
  const lastWritten = new Map<string, number>();
  /** Until when this environment believes that a charge point is Accepted, so that most messages cost no look-up. */
  const acceptedUntil = new Map<string, number>();

  function remember(chargePointId: string, status: RegistrationStatus): void {
    if (status === 'Accepted') acceptedUntil.set(chargePointId, clock.now().getTime() + acceptedFor);
    else acceptedUntil.delete(chargePointId);
  }

  async function read(chargePointId: string, ConsistentRead: boolean): Promise<Item | undefined> {
    const { Item } = await dynamodb.send(new GetCommand({ TableName, Key: { chargePointId }, ConsistentRead }));
    if (Item?.bootStatus) remember(chargePointId, Item.bootStatus);
    return Item;
  }

  /** @returns undefined when the condition does not hold */
  function update(
    chargePointId: string,
    UpdateExpression: string,
    ConditionExpression: string,
    ExpressionAttributeValues: Record<string, unknown>,
    more: Partial<UpdateCommandInput> = {},
  ) {
    const what = { UpdateExpression, ConditionExpression, ExpressionAttributeValues, ...more };
    return conditionally(dynamodb.send(new UpdateCommand({ TableName, Key: { chargePointId }, ...what })));
  }

  return {
    async find(chargePointId) {
      const item = await read(chargePointId, false);
      return item && ({ registered: false, namespace: '', ...item } as ChargePoint);
    },

    async registration(chargePointId, ofStage) {
      if ((acceptedUntil.get(chargePointId) ?? 0) > clock.now().getTime()) return 'Accepted';
      const statusOf = (item: Item | undefined) => item?.bootStatus ?? item?.registrationStatus ?? ofStage;
      let status = statusOf(await read(chargePointId, false));
      // Whoever was accepted a moment ago must not be refused because the news had not come here.
      if (status !== 'Accepted') status = statusOf(await read(chargePointId, true));
      remember(chargePointId, status);
      return status;
    },

    async mirror({ chargePointId, registered, namespace, at }) {
      const written = await update(
        chargePointId,
        `SET registered = :registered, #namespace = :namespace, registryAt = :at${
          registered ? ', listedIn = :list' : ' REMOVE listedIn'
        }`,
        'attribute_not_exists(registryAt) OR registryAt <= :at',
        {
          ...{ ':registered': registered, ':namespace': namespace, ':at': at },
          ...(registered && { ':list': listOf(namespace) }),
        },
        { ExpressionAttributeNames: { '#namespace': 'namespace' } },
      );
      return written !== undefined;
    },

    async booted({ chargePointId, protocol, hardware, reason, at }, ofStage) {
      const time = at.toISOString();
      const written = await update(
        chargePointId,
        'SET protocol = :protocol, hardware = :hardware, bootReason = :reason, bootedAt = :at, seenAt = :at, ' +
          'bootStatus = if_not_exists(registrationStatus, :ofStage)',
        'attribute_not_exists(bootedAt) OR bootedAt <= :at',
        {
          ':protocol': protocol,
          ':hardware': hardware,
          ':reason': reason ?? null,
          ':at': time,
          ':ofStage': ofStage,
        },
        { ReturnValues: 'ALL_OLD' },
      );
      lastWritten.set(chargePointId, at.getTime());
      if (!written) return { status: (await read(chargePointId, false))?.registrationStatus ?? ofStage, isNew: false };
      const former = written.Attributes as Item | undefined;
      const status = former?.registrationStatus ?? ofStage;
      remember(chargePointId, status);
      // Told again, what it was before is forgotten.
      return { status, isNew: former?.bootedAt === time || (former?.bootStatus ?? status) !== status };
    },

    async tookPassword(chargePointId, password, at) {
      await update(
        chargePointId,
        'SET nextPassword = :password, passwordAt = :at',
        'attribute_not_exists(passwordAt) OR passwordAt < :at',
        { ':password': password, ':at': at },
      );
    },

    async usedPassword({ chargePointId, passwordAt }) {
      await update(
        chargePointId,
        'SET password = nextPassword REMOVE nextPassword',
        'attribute_exists(nextPassword) AND passwordAt = :at',
        { ':at': passwordAt },
      );
    },

    async seen(chargePointId, at) {
      const before = at.getTime() - seenResolution;
      if ((lastWritten.get(chargePointId) ?? 0) > before) return;
      await update(chargePointId, 'SET seenAt = :at', 'attribute_not_exists(seenAt) OR seenAt <= :before', {
        ':at': at.toISOString(),
        ':before': new Date(before).toISOString(),
      });
      lastWritten.set(chargePointId, at.getTime());
    },
  };
}
