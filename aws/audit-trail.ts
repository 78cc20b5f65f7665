import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { AuditEntry, AuditTrail } from '../csms/access/ports.js';
import { dynamodb } from './dynamodb.js';
import { day, expiryAfter } from './expiry.js';
import { queryPage } from './page.js';
import { bounds } from './range.js';

/** All changes are one trail: operators make few. */
const trail = 'changes';
/** In seconds: as long as what charge points told. */
const kept = 400 * day;

/** One item per change; its key is `changes`, and its time and id. */
export function dynamoAuditTrail(TableName: string): AuditTrail {
  return {
    async begin(entry) {
      const Item = { trail, entry: placeOf(entry), ...entry, expires: expiryAfter(entry.at, kept) };
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
