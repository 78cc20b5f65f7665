import { GetCommand, PutCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../csms/clock.js';
import type { Inventory, InventoryItem, ItemKind } from '../csms/inventory/ports.js';
import { conditionally, dynamodb } from './dynamodb.js';

/** In seconds: what is told late comes sooner than that. */
const tombstoneKept = 30 * 24 * 60 * 60;

/** An item as it is stored; without a detail it is the tombstone of one that was removed. */
interface Stored {
  chargePointId: string;
  item: string;
  at: string;
  /** JSON, as text: what a charge point says is deeper, and its numbers larger, than DynamoDB takes. */
  detail?: string;
  until?: string;
}

/** One item per thing, below its charge point; the range key is `{kind}#{key}`. */
export function dynamoInventory(TableName: string, clock: Clock): Inventory {
  async function write(stored: Stored, expires?: number): Promise<boolean> {
    const written = await conditionally(
      dynamodb.send(
        new PutCommand({
          TableName,
          Item: { ...stored, expires },
          ConditionExpression: 'attribute_not_exists(#at) OR #at <= :at',
          ExpressionAttributeNames: { '#at': 'at' },
          ExpressionAttributeValues: { ':at': stored.at },
        }),
      ),
    );
    return written !== undefined;
  }

  /** What is there: neither removed, nor past its time. */
  const present = ({ detail, until }: Stored) => detail && (!until || new Date(until) > clock.now());

  return {
    put({ chargePointId, kind, key, at, detail, until }) {
      const stored = { chargePointId, item: `${kind}#${key}`, at: at.toISOString(), detail: JSON.stringify(detail) };
      return until ? write({ ...stored, until: until.toISOString() }, seconds(until)) : write(stored);
    },

    remove: (chargePointId, kind, key, at) =>
      write({ chargePointId, item: `${kind}#${key}`, at: at.toISOString() }, seconds(clock.now()) + tombstoneKept),

    async find(chargePointId, kind, key) {
      const Key = { chargePointId, item: `${kind}#${key}` };
      const { Item } = await dynamodb.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      const stored = Item as Stored | undefined;
      return stored && present(stored) ? itemOf(kind, stored) : undefined;
    },

    async list(chargePointId, kind) {
      const pages = paginateQuery(
        { client: dynamodb },
        {
          TableName,
          KeyConditionExpression: 'chargePointId = :chargePointId AND begins_with(#item, :kind)',
          ExpressionAttributeNames: { '#item': 'item' },
          ExpressionAttributeValues: { ':chargePointId': chargePointId, ':kind': `${kind}#` },
          ConsistentRead: true,
        },
      );
      const all: Stored[] = [];
      for await (const { Items = [] } of pages) all.push(...(Items as Stored[]));
      return all.filter(present).map((stored) => itemOf(kind, stored));
    },
  };
}

function itemOf(kind: ItemKind, { chargePointId, item, at, detail = '{}', until }: Stored): InventoryItem {
  const told = { key: item.slice(kind.length + 1), at: new Date(at), detail: JSON.parse(detail) };
  return { chargePointId, kind, ...told, ...(until && { until: new Date(until) }) };
}

function seconds(time: Date): number {
  return Math.floor(time.getTime() / 1_000);
}
