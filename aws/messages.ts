import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../csms/clock.js';
import type { ExchangeKey, Messages } from '../csms/messages/ports.js';
import { answerRecord, type MessageRecord, type MessageRecords } from '../csms/messages/records.js';
import { shown } from '../csms/messages/shown.js';
import { dynamodb } from './dynamodb.js';
import { day, expiryAfter } from './expiry.js';
import { queryPage } from './page.js';
import { bounds } from './range.js';

/** Message ids are of any length; a range key has at most 1,024 bytes. */
const longestId = 200;

/**
 * One item per exchange, below its charge point; the range key is `{ISO time}#{messageId}`.
 *
 * @param days how long it is kept
 */
export function dynamoMessages(TableName: string, clock: Clock, days: number): Messages {
  /** @param kept stays as it is where it is there already */
  async function note({ chargePointId, at, messageId }: ExchangeKey, said: object, kept: object): Promise<void> {
    const expires = expiryAfter(clock.now(), days * day);
    const set = Object.entries({ ...said, messageId, expires }).filter(([, value]) => value !== undefined);
    const unlessThere = Object.entries(kept).filter(([, value]) => value !== undefined);
    const all = [...set, ...unlessThere];
    const UpdateExpression = [
      ...set.map(([name]) => `#${name} = :${name}`),
      ...unlessThere.map(([name]) => `#${name} = if_not_exists(#${name}, :${name})`),
    ].join(', ');
    await dynamodb.send(
      new UpdateCommand({
        TableName,
        Key: { chargePointId, exchange: `${at.toISOString()}#${messageId.slice(0, longestId)}` },
        UpdateExpression: `SET ${UpdateExpression}`,
        ExpressionAttributeNames: Object.fromEntries(all.map(([name]) => [`#${name}`, name])),
        ExpressionAttributeValues: Object.fromEntries(all.map(([name, value]) => [`:${name}`, value])),
      }),
    );
  }

  return {
    async add({ connectionId, protocol, askedBy, action, request, command, answer, ...key }) {
      const said = { connectionId, protocol, askedBy, action, request: shown(request), commandId: command?.commandId };
      const status = command?.status;
      if (answer) await note(key, { ...said, status }, { answer: answerRecord(key, answer) });
      else await note(key, said, { status });
    },

    async answered(key, answer) {
      await note(key, {}, { answer: answerRecord(key, answer) });
    },
  };
}

export function dynamoMessageRecords(TableName: string): MessageRecords {
  return {
    async list(chargePointId, range, page) {
      const found = await queryPage(
        {
          TableName,
          KeyConditionExpression: 'chargePointId = :chargePointId AND exchange BETWEEN :from AND :to',
          ExpressionAttributeValues: { ':chargePointId': chargePointId, ...bounds(range) },
          ScanIndexForward: false,
        },
        page,
      );
      return { ...found, items: found.items.map(recordOf) };
    },
  };
}

function recordOf({ exchange, expires: _, ...rest }: Record<string, unknown>): MessageRecord {
  return { ...rest, at: (exchange as string).split('#', 1)[0] } as MessageRecord;
}
