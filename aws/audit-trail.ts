import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { AuditEntry, AuditTrail } from '../csms/access/ports.js';
import { dynamodb } from './dynamodb.js';
import { queryPage } from './page.js';
import { bounds } from './range.js';

/** All changes are one trail: operators make few. */
const trail = 'changes';
/** In seconds: as long as what charge points told. */
const kept = 400 * 24 * 60 * 60;

/** One item per change; its key is `changes`, and its time and id. */
export function dynamoAuditTrail(TableName: string): AuditTrail {
  return {
    async begin(entry) {
      const expires = Math.floor(Date.parse(entry.at) / 1_000) + kept;
      const Item = { trail, entry: placeOf(entry), ...entry, expires };
      await dynamodb.send(new PutCommand({ TableName, Item }));
    },

    async end(entry, status) {
      await dynamodb.send(
        new UpdateCommand({
          TableName,
          Key: { trail, entry: placeOf(entry) },
          UpdateExpression: 'SET #status = :status',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: { ':status': status },
        }),
      );
    },

    async list({ about, ...range }, page) {
      const [name, value] = about === undefined ? ['trail', trail] : ['about', about];
      const found = await queryPage(
        {
          TableName,
          ...(about !== undefined && { IndexName: 'about' }),
          KeyConditionExpression: '#key = :key AND #entry BETWEEN :from AND :to',
          ExpressionAttributeNames: { '#key': name, '#entry': 'entry' },
          ExpressionAttributeValues: { ':key': value, ...bounds(range) },
          ScanIndexForward: false,
        },
        page,
      );
      return { ...found, items: found.items.map(entryOf) };
    },
  };
}

const placeOf = ({ at, id }: AuditEntry) => `${at}#${id}`;

function entryOf({ trail: _, entry: __, expires: ___, ...entry }: Record<string, unknown>): AuditEntry {
  return entry as unknown as AuditEntry;
}
