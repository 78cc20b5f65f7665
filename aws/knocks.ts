import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../csms/clock.js';
import type { KnockCode, Knocking, Knocks } from '../csms/knocks/ports.js';
import type { KnockRecords } from '../csms/knocks/records.js';
import { dynamodb } from './dynamodb.js';
import { day, expiryAfter } from './expiry.js';
import { queryPage } from './page.js';

/** After the last knock, in seconds. */
const kept = 30 * day;
/** More than there are reasons. */
const all = { limit: 100 };
/** What is over when a charge point is registered here. */
const ofStrangers: KnockCode[] = ['not-registered', 'other-namespace'];

/** One item per charge point and reason. */
export function dynamoKnocks(TableName: string, clock: Clock): Knocks {
  return {
    async add({ chargePointId, code, at, ...said }, times) {
      const expires = expiryAfter(clock.now(), kept);
      const last = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
      await dynamodb.send(
        new UpdateCommand({
          TableName,
          Key: { chargePointId, code },
          UpdateExpression: `SET #last = :last, lastAt = :at, firstAt = if_not_exists(firstAt, :at), expires = :expires
                             ADD times :times`,
          ExpressionAttributeNames: { '#last': 'last' },
          ExpressionAttributeValues: { ':last': last, ':at': at.toISOString(), ':expires': expires, ':times': times },
        }),
      );
    },

    async admitted(chargePointId) {
      for (const code of ofStrangers) {
        await dynamodb.send(new DeleteCommand({ TableName, Key: { chargePointId, code } }));
      }
    },
  };
}

export function dynamoKnockRecords(TableName: string): KnockRecords {
  return {
    async list(code, page) {
      const found = await queryPage(
        {
          ...{ TableName, IndexName: 'last', ScanIndexForward: false },
          KeyConditionExpression: 'code = :code',
          ExpressionAttributeValues: { ':code': code },
        },
        page,
      );
      return { ...found, items: found.items.map(knockingOf) };
    },

    async of(chargePointId) {
      const query = {
        TableName,
        KeyConditionExpression: 'chargePointId = :chargePointId',
        ExpressionAttributeValues: { ':chargePointId': chargePointId },
      };
      return (await queryPage(query, all)).items.map(knockingOf);
    },
  };
}

function knockingOf({ chargePointId, code, last, lastAt, firstAt, times }: Record<string, unknown>): Knocking {
  const at = { at: new Date(lastAt as string), firstAt: new Date(firstAt as string) };
  return { ...(last as object), chargePointId, code, times, ...at } as Knocking;
}
