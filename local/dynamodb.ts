import { once } from 'node:events';
import dynalite from 'dynalite';
import { type DispatchFunc, inject } from 'light-my-request';
import { arnOf, type Region } from './arn.js';
import type { AccountClock } from './clock.js';
import { type IndexedTable, type Item, indexWriteUnits, only } from './index-writes.js';
import type { Meter } from './meter.js';
import { jsonBody } from './request.js';
import { type AwsResponse, type Handler, notImplemented } from './service.js';
import { ofTable } from './template/identities.js';
import type { Deployed } from './template/stack-resources.js';

export interface DynamoDb extends Handler {
  /** Creates a table of a template, unless it is there. @returns what deletes it again */
  createTable(table: Deployed): Promise<() => Promise<void>>;
  /** Gets and puts an item, in DynamoDB's own JSON. */
  get(tableName: string, key: Record<string, unknown>): Promise<Item | undefined>;
  put(tableName: string, item: Record<string, unknown>): Promise<void>;
  close(): Promise<void>;
}

/** A table whose items may expire. */
interface Expiring {
  TimeToLiveSpecification: { AttributeName: string; Enabled: boolean };
  KeySchema: { AttributeName: string }[];
}

/** Of answers, in DynamoDB's own JSON: what is looked at here. */
interface Answer {
  Table?: Record<string, unknown>;
  Item?: Item;
  Attributes?: Item;
  Items: Item[];
  LastEvaluatedKey?: object;
  ConsumedCapacity?: { CapacityUnits: number };
}

/** Expired items are deleted so often: whoever reads has to check, as in AWS, where they go within days. */
const day = 24 * 60 * 60_000;

/**
 * DynamoDB by dynalite.
 *
 * @param options.folder where the items are kept; without it they are gone at close
 */
export async function startDynamoDb(
  options: { clock: AccountClock; meter: Meter; folder?: string | undefined } & Region,
): Promise<DynamoDb> {
  const { clock, meter, folder, ...place } = options;
  const server = dynalite({ ...(folder && { path: folder }), createTableMs: 0, deleteTableMs: 0 });
  // Only for its close, which ends the store with a server that listens: a socket between takes longer than dynalite itself.
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const dispatch: DispatchFunc = (request, response) => void server.emit('request', request, response);

  async function ask(operation: string, input: object): Promise<{ status: number; body: Answer }> {
    const response = await inject(dispatch, {
      method: 'POST',
      url: '/',
      payload: JSON.stringify(input),
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${operation}`,
        // dynalite wants a signature, and looks at nothing in it.
        'x-amz-date': '20000101T000000Z',
        authorization: 'AWS4-HMAC-SHA256 Credential=any/0/0/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
      },
    });
    return { status: response.statusCode, body: response.json<Answer>() };
  }
  const call = (operation: string, input: object) => clock.during(ask(operation, input));
  /** Those of the templates' tables that have indexes, by name. */
  const tables = new Map<unknown, IndexedTable>();

  /** Does what `operation` is. @returns what that costs beside the table's own units, which nobody else tells */
  async function withIndexUnits(operation: string, input: Record<string, unknown>) {
    const write = (more: object = {}) => call(operation, { ...input, ...more, ReturnConsumedCapacity: 'TOTAL' });
    const table = tables.get(input.TableName);
    if (!table || !/^(Put|Update|Delete)Item$/.test(operation)) return { done: await write(), indexUnits: 0 };
    // A put tells what it replaces, which saves looking.
    if (operation === 'PutItem' && !input.ReturnValues) {
      const { status, body } = await write({ ReturnValues: 'ALL_OLD' });
      const { Attributes, ...rest } = body;
      const indexUnits = status === 200 ? indexWriteUnits(table, Attributes, input.Item as Item) : 0;
      return { done: { status, body: rest }, indexUnits };
    }
    const Key = input.Key ?? only(input.Item as Item, table);
    const read = async () =>
      (await call('GetItem', { TableName: input.TableName, Key, ConsistentRead: true })).body.Item;
    const before = await read();
    const done = await write();
    return { done, indexUnits: indexWriteUnits(table, before, await read()) };
  }

  async function deleteExpired(TableName: string, { TimeToLiveSpecification: ttl, KeySchema }: Expiring) {
    const isExpired = {
      ExpressionAttributeNames: { '#at': ttl.AttributeName },
      ExpressionAttributeValues: { ':now': { N: String(Math.floor(clock.now() / 1000)) } },
    };
    let ExclusiveStartKey: unknown;
    do {
      const page = { TableName, ...isExpired, FilterExpression: '#at < :now', ExclusiveStartKey };
      const { Items, LastEvaluatedKey } = (await call('Scan', page)).body;
      for (const item of Items) {
        const Key = Object.fromEntries(KeySchema.map(({ AttributeName: key }) => [key, item[key]]));
        await call('DeleteItem', { TableName, Key, ...isExpired, ConditionExpression: '#at < :now' });
      }
      ExclusiveStartKey = LastEvaluatedKey;
    } while (ExclusiveStartKey);
  }

  async function perform(operation: string, input: Record<string, unknown>): Promise<AwsResponse> {
    const { done, indexUnits } = await withIndexUnits(operation, input);
    const { ConsumedCapacity, ...answer } = done.body;
    // A write whose condition does not hold costs a unit all the same, and a query that finds nothing the least there is.
    const consumed = [ConsumedCapacity ?? { CapacityUnits: 1 }].flat();
    const units = consumed.reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0);
    if (!/^(Get|Query|BatchGet)/.test(operation)) meter.count('DynamoDB write units', units + indexUnits);
    else meter.count('DynamoDB read units', Math.max(units, input.ConsistentRead ? 1 : 0.5));
    return { status: done.status, body: answer };
  }

  return {
    read(request) {
      const operation = request.headers['x-amz-target']?.split('.')[1] ?? '';
      const input = jsonBody(request);
      const { TableName = batchTable(input.RequestItems), IndexName } = input;
      const resource = arnOf(place, 'dynamodb', `table/${TableName}${IndexName ? `/index/${IndexName}` : ''}`);
      return { needs: { action: `dynamodb:${operation}`, resource }, answer: () => perform(operation, input) };
    },

    async createTable({ ref: TableName, properties }) {
      const expiring = properties as never as Expiring;
      const { GlobalSecondaryIndexes, LocalSecondaryIndexes } = properties as never as IndexedTable;
      if (GlobalSecondaryIndexes || LocalSecondaryIndexes) tables.set(TableName, properties as never as IndexedTable);
      const sweep = () => {
        // It fails when the table is deleted, or DynamoDB closed, meanwhile.
        deleteExpired(TableName, expiring).then(
          () => clock.after(day, sweep),
          () => {},
        );
      };
      if (expiring.TimeToLiveSpecification?.Enabled) clock.after(day, sweep);
      const remove = async () => void (await call('DeleteTable', { TableName }));
      const { Table: existing } = (await call('DescribeTable', { TableName })).body;
      if (existing) {
        if (layout(existing) === layout(properties)) return remove;
        throw new Error(
          `Table ${TableName} has other keys or indexes than the template: delete ${folder} to start empty.`,
        );
      }
      const table = Object.fromEntries(ofTable.map((name) => [name, properties[name]]));
      const created = await call('CreateTable', { TableName, ...table });
      if (created.status !== 200)
        throw new Error(`Table ${TableName} could not be created: ${JSON.stringify(created.body)}`);
      // Like AWS, dynalite answers before the table is there.
      while ((await call('DescribeTable', { TableName })).body.Table?.TableStatus !== 'ACTIVE');
      return remove;
    },

    async get(TableName, Key) {
      return (await call('GetItem', { TableName, Key, ConsistentRead: true })).body.Item;
    },

    async put(TableName, Item) {
      const { status, body } = await call('PutItem', { TableName, Item });
      if (status !== 200) throw new Error(`Item could not be put into ${TableName}: ${JSON.stringify(body)}`);
    },

    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A table's keys and indexes, to be compared. */
function layout({
  KeySchema,
  GlobalSecondaryIndexes = [],
  LocalSecondaryIndexes = [],
}: Record<string, unknown>): string {
  const indexes = [GlobalSecondaryIndexes, LocalSecondaryIndexes].flat() as { IndexName: string; KeySchema: object }[];
  return JSON.stringify([KeySchema, indexes.map((index) => [index.IndexName, index.KeySchema]).sort()]);
}

/** A batch of one table only is known. */
function batchTable(requestItems: unknown): string | undefined {
  const [name, ...others] = Object.keys((requestItems ?? {}) as object);
  if (others.length > 0) throw notImplemented('a batch of several tables');
  return name;
}
