import { once } from 'node:events';
import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import dynalite from 'dynalite';
import type { AccountClock } from './clock.js';
import type { Meter } from './meter.js';
import type { AwsResponse, Service } from './service.js';
import type { Deployed } from './template/stack-resources.js';

export interface DynamoDb extends Service {
  /** Creates a table of a template, unless it is there. @returns what deletes it again */
  createTable(table: Deployed): Promise<() => Promise<void>>;
  /** Gets and puts an item, in DynamoDB's own JSON. */
  get(tableName: string, key: Record<string, unknown>): Promise<Record<string, Record<string, unknown>> | undefined>;
  put(tableName: string, item: Record<string, unknown>): Promise<void>;
}

/** A table whose items may expire. */
interface Expiring {
  TimeToLiveSpecification: { AttributeName: string; Enabled: boolean };
  KeySchema: { AttributeName: string }[];
}

/** What of a table's CloudFormation properties makes up the table. Backups and encryption have no effect here. */
const tableProperties = [
  'AttributeDefinitions',
  'BillingMode',
  'GlobalSecondaryIndexes',
  'KeySchema',
  'LocalSecondaryIndexes',
];

/** Expired items are deleted so often: whoever reads has to check, as in AWS, where they go within days. */
const day = 24 * 60 * 60_000;

/**
 * DynamoDB by dynalite.
 *
 * @param folder where the items are kept; without it they are gone at close
 */
export async function startDynamoDb(clock: AccountClock, meter: Meter, folder?: string): Promise<DynamoDb> {
  const server = dynalite({ ...(folder && { path: folder }), createTableMs: 0, deleteTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true });

  function forward(headers: Record<string, string>, body: Buffer): Promise<AwsResponse> {
    return new Promise((resolve, reject) => {
      const to = { port, host: '127.0.0.1', method: 'POST', path: '/', headers, agent };
      const outgoing = httpRequest(to, (incoming) => {
        const { statusCode = 500, headers } = incoming;
        buffer(incoming).then((body) => resolve({ status: statusCode, headers: plain(headers), body }), reject);
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  function call(operation: string, input: object): Promise<AwsResponse> {
    const answered = forward(
      {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${operation}`,
        'x-amz-date': '20000101T000000Z',
        authorization:
          'AWS4-HMAC-SHA256 Credential=embedded/0/0/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
      },
      Buffer.from(JSON.stringify(input)),
    );
    return clock.during(answered);
  }

  async function deleteExpired(
    TableName: string,
    { TimeToLiveSpecification: ttl, KeySchema }: Expiring,
  ): Promise<void> {
    const isExpired = {
      ExpressionAttributeNames: { '#at': ttl.AttributeName },
      ExpressionAttributeValues: { ':now': { N: String(Math.floor(clock.now() / 1000)) } },
    };
    let ExclusiveStartKey: unknown;
    do {
      const page = { TableName, ...isExpired, FilterExpression: '#at < :now', ExclusiveStartKey };
      const { Items, LastEvaluatedKey } = JSON.parse(String((await call('Scan', page)).body));
      for (const item of Items) {
        const Key = Object.fromEntries(KeySchema.map(({ AttributeName: key }) => [key, item[key]]));
        await call('DeleteItem', { TableName, Key, ...isExpired, ConditionExpression: '#at < :now' });
      }
      ExclusiveStartKey = LastEvaluatedKey;
    } while (ExclusiveStartKey);
  }

  async function describe(TableName: string): Promise<Record<string, unknown> | undefined> {
    const described = await call('DescribeTable', { TableName });
    return described.status === 200 ? JSON.parse(String(described.body)).Table : undefined;
  }

  return {
    async handle({ headers, body }) {
      const request = { ...JSON.parse(body.toString()), ReturnConsumedCapacity: 'TOTAL' };
      const { 'content-length': _, ...kept } = headers;
      const response = await forward(kept, Buffer.from(JSON.stringify(request)));
      const { ConsumedCapacity, ...answer } = JSON.parse(String(response.body));
      const isRead = /\.(Get|Query|BatchGet)/.test(headers['x-amz-target'] ?? '');
      // A write whose condition does not hold costs a unit all the same.
      meter.count(isRead ? 'DynamoDB read units' : 'DynamoDB write units', ConsumedCapacity?.CapacityUnits ?? 1);
      const { 'content-length': __, 'x-amz-crc32': ___, date: ____, ...others } = response.headers ?? {};
      return { ...response, headers: others, body: answer };
    },

    async createTable({ ref: TableName, properties }) {
      const expiring = properties as never as Expiring;
      const sweep = () => {
        // It fails when the table is deleted, or DynamoDB closed, meanwhile.
        deleteExpired(TableName, expiring).then(
          () => clock.after(day, sweep),
          () => {},
        );
      };
      if (expiring.TimeToLiveSpecification?.Enabled) clock.after(day, sweep);
      const remove = async () => void (await call('DeleteTable', { TableName }));
      const existing = await describe(TableName);
      if (existing) {
        if (layout(existing) === layout(properties)) return remove;
        throw new Error(
          `Table ${TableName} has other keys or indexes than the template: delete ${folder} to start empty.`,
        );
      }
      const table = Object.fromEntries(tableProperties.map((name) => [name, properties[name]]));
      const created = await call('CreateTable', { TableName, ...table });
      if (created.status !== 200) throw new Error(`Table ${TableName} could not be created: ${created.body}`);
      // Like AWS, dynalite answers before the table is there.
      while ((await describe(TableName))?.TableStatus !== 'ACTIVE');
      return remove;
    },

    async get(TableName, Key) {
      const got = await call('GetItem', { TableName, Key, ConsistentRead: true });
      return JSON.parse(String(got.body)).Item;
    },

    async put(TableName, Item) {
      const put = await call('PutItem', { TableName, Item });
      if (put.status !== 200) throw new Error(`Item could not be put into ${TableName}: ${put.body}`);
    },

    async close() {
      agent.destroy();
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

/** The connection's own headers are not the answer's. */
function plain({ connection: _, 'keep-alive': __, 'transfer-encoding': ___, ...headers }: IncomingHttpHeaders) {
  return headers as Record<string, string>;
}
