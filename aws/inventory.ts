import { PutCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../csms/clock.js';
import type { Inventory, InventoryItem, ItemKind } from '../csms/inventory/ports.js';
import type { InventoryRecords } from '../csms/inventory/records.js';
import { conditionally, dynamodb } from './dynamodb.js';
import { day, expiryAfter, expiryAt } from './expiry.js';
import { queryPage } from './page.js';
import { readItem } from './versioned-item.js';

/** In days: what is told late comes sooner than that. */
const tombstoneKept = 30;

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
  async function write(item: Stored, expires?: number): Promise<boolean> {
    const written = await conditionally(
      dynamodb.send(
        new PutCommand({
          TableName,
          Item: { ...item, expires },
          ConditionExpression: 'attribute_not_exists(#at) OR #at <= :at',
          ExpressionAttributeNames: { '#at': 'at' },
          ExpressionAttributeValues: { ':at': item.at },
        }),
      ),
    );
    return written !== undefined;
  }

  const stored = ({ chargePointId, kind, key, at, detail, until }: InventoryItem): Stored => ({
    ...{ chargePointId, item: `${kind}#${key}`, at: at.toISOString(), detail: JSON.stringify(detail) },
    ...(until && { until: until.toISOString() }),
  });

  async function find(chargePointId: string, kind: ItemKind, key: string): Promise<InventoryItem | undefined> {
    const item = await readItem(TableName, { chargePointId, item: `${kind}#${key}` });
    const found = item as Stored | undefined;
    return found && isPresent(found, clock.now()) ? itemOf(kind, found) : undefined;
  }

  async function add(item: InventoryItem): Promise<InventoryItem> {
    const added = await conditionally(
      dynamodb.send(
        new PutCommand({
          TableName,
          Item: { ...stored(item), expires: item.until && expiryAt(item.until) },
          ConditionExpression: 'attribute_not_exists(detail) OR #until <= :now',
          ExpressionAttributeNames: { '#until': 'until' },
          ExpressionAttributeValues: { ':now': clock.now().toISOString() },
        }),
      ),
    );
    if (added) return item;
    // Unless its time was over just now.
    return (await find(item.chargePointId, item.kind, item.key)) ?? add(item);
  }

  return {
    add,
    find,

    put: (item) => write(stored(item), item.until && expiryAt(item.until)),

    remove(chargePointId, kind, key, at, days = tombstoneKept) {
      const expires = expiryAfter(clock.now(), days * day);
      return write({ chargePointId, item: `${kind}#${key}`, at: at.toISOString() }, expires);
    },

    async list(chargePointId, kind) {
      const query = { TableName, ...ofKind(chargePointId, kind), ConsistentRead: true };
      const pages = paginateQuery({ client: dynamodb }, query);
      const all: Stored[] = [];
      for await (const { Items = [] } of pages) all.push(...(Items as Stored[]));
      return all.filter((stored) => isPresent(stored, clock.now())).map((stored) => itemOf(kind, stored));
    },
  };
}

/** The operator's side of the same items. */
export function dynamoInventoryRecords(TableName: string, clock: Clock): InventoryRecords {
  return {
    async list(chargePointId, kind, page) {
      const found = await queryPage({ TableName, ...ofKind(chargePointId, kind) }, page);
      const stored = (found.items as unknown as Stored[]).filter((each) => isPresent(each, clock.now()));
      return { ...found, items: stored.map((each) => itemOf(kind, each)) };
    },
  };
}

/** What a Query asks that finds all of a kind. */
function ofKind(chargePointId: string, kind: ItemKind) {
  return {
    KeyConditionExpression: 'chargePointId = :chargePointId AND begins_with(#item, :kind)',
    ExpressionAttributeNames: { '#item': 'item' },
    ExpressionAttributeValues: { ':chargePointId': chargePointId, ':kind': `${kind}#` },
  };
}

/** Neither removed, nor past its time. */
function isPresent({ detail, until }: Stored, now: Date): boolean {
  return detail !== undefined && (!until || new Date(until) > now);
}

function itemOf(kind: ItemKind, { chargePointId, item, at, detail = '{}', until }: Stored): InventoryItem {
  const told = { key: item.slice(kind.length + 1), at: new Date(at), detail: JSON.parse(detail) };
  return { chargePointId, kind, ...told, ...(until && { until: new Date(until) }) };
}
