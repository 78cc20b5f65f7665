import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { eventually, refusal, same } from './expect.js';
import { mark } from './mark.js';
import type { Probe } from './probe.js';
import type { Stage } from './stage.js';

/** DynamoDB. */
export const dynamodb: Probe[] = [
  {
    id: 'dynamodb-condition',
    says: 'A conditional write is atomic: of several at once one succeeds, the others are `ConditionalCheckFailedException`.',
    restsOn: 'documented',
    source: 'Amazon DynamoDB: Condition expressions',
    imitatedIn: ['dynamodb.ts'],
    ifWrong: 'Connections overwrite each other.',
    async check(stage) {
      const id = mark();
      const put = (by: number) =>
        stage.dynamodb.send(
          new PutCommand({
            TableName: stage.ref('Table'),
            Item: { id, by },
            ConditionExpression: 'attribute_not_exists(id)',
          }),
        );
      const outcomes = await Promise.allSettled([1, 2, 3, 4, 5].map(put));
      const errors = outcomes.flatMap((each) => (each.status === 'rejected' ? [each.reason.name] : []));
      same('errors', errors, Array(4).fill('ConditionalCheckFailedException'));
    },
  },
  {
    id: 'dynamodb-consistent',
    says: 'A read with `ConsistentRead` sees every write before it.',
    restsOn: 'documented',
    source: 'Amazon DynamoDB: Read consistency',
    imitatedIn: ['dynamodb.ts'],
    ifWrong: 'Connections overwrite each other.',
    async check(stage) {
      const id = mark();
      for (let version = 1; version <= 10; version++) {
        await stage.dynamodb.send(new PutCommand({ TableName: stage.ref('Table'), Item: { id, version } }));
        same('version', (await read(stage, id))?.version, version);
      }
    },
  },
  {
    id: 'dynamodb-update',
    says: 'An update may set what is not there yet, compare, and answer with the item as it is then.',
    restsOn: 'documented',
    source: 'Amazon DynamoDB API reference: UpdateItem',
    imitatedIn: ['dynamodb.ts'],
    ifWrong: 'A status report that is older than the last is taken as the newest.',
    async check(stage) {
      const id = mark();
      const report = (at: string) =>
        stage.dynamodb.send(
          new UpdateCommand({
            TableName: stage.ref('Table'),
            Key: { id },
            UpdateExpression: 'SET #at = :at, reports = if_not_exists(reports, :none) + :one',
            ConditionExpression: 'attribute_not_exists(#at) OR #at < :at',
            ExpressionAttributeNames: { '#at': 'at' },
            ExpressionAttributeValues: { ':at': at, ':none': 0, ':one': 1 },
            ReturnValues: 'ALL_NEW',
          }),
        );
      same('first', (await report('2026-01-02')).Attributes, { id, at: '2026-01-02', reports: 1 });
      same('older', (await refusal('it', report('2026-01-01'))).name, 'ConditionalCheckFailedException');
      same('newer', (await report('2026-01-03')).Attributes, { id, at: '2026-01-03', reports: 2 });
    },
  },
  {
    id: 'dynamodb-index',
    says: 'A global index has an item while the item has the keys of the index, in the order of its range key; with `KEYS_ONLY` it has nothing else of it.',
    restsOn: 'documented',
    source: 'Amazon DynamoDB: Using Global Secondary Indexes; Take advantage of sparse indexes',
    imitatedIn: ['dynamodb.ts'],
    ifWrong: 'The sweep finds nothing that is due, or what is over.',
    async check(stage) {
      const dueFor = mark();
      const put = (item: { id: string; dueAt?: string }) =>
        stage.dynamodb.send(new PutCommand({ TableName: stage.ref('Table'), Item: { ...item, text: 'x' } }));
      const due = (by: string) =>
        stage.dynamodb.send(
          new QueryCommand({
            TableName: stage.ref('Table'),
            IndexName: 'due',
            KeyConditionExpression: 'dueFor = :dueFor AND dueAt <= :by',
            ExpressionAttributeValues: { ':dueFor': dueFor, ':by': by },
          }),
        );
      /** The index may be behind. */
      const found = (what: string, by: string, count: number) =>
        eventually(what, async () => {
          const { Items = [] } = await due(by);
          return Items.length === count ? Items : undefined;
        });
      const [later, sooner, never] = [mark(), mark(), mark()];
      const items = [
        { id: later, dueFor, dueAt: '2026-01-02' },
        { id: sooner, dueFor, dueAt: '2026-01-01' },
        { id: never, dueFor },
      ];
      for (const item of items) await put(item);
      same('both', await found('both', '2026-01-03', 2), [items[1], items[0]]);
      same('the sooner', await found('the sooner', '2026-01-01', 1), [items[1]]);
      await put({ id: sooner });
      same('without its keys', await found('the later', '2026-01-03', 1), [items[0]]);
      await put({ ...items[0], id: later, dueAt: '2026-02-01' });
      await found('nothing', '2026-01-31', 0);
    },
  },
  {
    id: 'dynamodb-index-behind',
    says: 'A global index may be behind its table, and is never read consistently.',
    restsOn: 'documented',
    source: 'Amazon DynamoDB: Using Global Secondary Indexes, Data synchronization',
    imitatedIn: [],
    ifWrong: 'No effect: the sweep reads each item again, consistently, and looks again a minute later.',
    notProbed: 'that it was not behind would prove nothing',
  },
  {
    id: 'dynamodb-index-throughput',
    says: 'What is written to one partition key of an index counts against the 1,000 writes a second of a partition; beyond that the writes of its table are throttled.',
    restsOn: 'documented',
    source:
      'Amazon DynamoDB: Designing partition keys to distribute your workload; Using Global Secondary Indexes, Back-pressure',
    imitatedIn: [],
    ifWrong: 'Commands are throttled, and repeated by the SDK, at another rate than 500 a second in a stage.',
    notProbed: 'it would cost more than cents',
  },
  {
    id: 'dynamodb-item-size',
    says: 'An item has 400 KB at most: `ValidationException`.',
    restsOn: 'documented',
    source: 'Amazon DynamoDB: Service, account, and table quotas',
    imitatedIn: ['dynamodb.ts'],
    ifWrong: 'No effect: `opening` is trimmed at 15 min.',
    async check(stage) {
      const put = (size: number) =>
        stage.dynamodb.send(
          new PutCommand({ TableName: stage.ref('Table'), Item: { id: mark(), text: 'x'.repeat(size) } }),
        );
      same('error', await refusal('401 KB', put(401 * 1024)), { name: 'ValidationException', status: 400 });
    },
  },
  {
    id: 'dynamodb-unknown-table',
    says: 'A table that is not there is `ResourceNotFoundException`.',
    restsOn: 'documented',
    source: 'Amazon DynamoDB API reference: GetItem',
    imitatedIn: ['dynamodb.ts'],
    ifWrong: 'No effect: its name is made by the template.',
    async check({ dynamodb }) {
      const get = dynamodb.send(new GetCommand({ TableName: 'of-nobody', Key: { id: '1' } }));
      same('error', await refusal('it', get), { name: 'ResourceNotFoundException', status: 400 });
    },
  },
  {
    id: 'dynamodb-expiry',
    says: 'An item whose time to live is over is deleted, within days.',
    restsOn: 'documented',
    source: 'Amazon DynamoDB: Using time to live (TTL)',
    imitatedIn: ['dynamodb.ts'],
    ifWrong: 'Tables grow; whoever reads an item checks its time in any case.',
    notProbed: 'it takes days',
  },
  {
    id: 'dynamodb-behind',
    says: 'A read without `ConsistentRead` may be behind.',
    restsOn: 'documented',
    source: 'Amazon DynamoDB: Read consistency',
    imitatedIn: [],
    ifWrong: 'No effect: a thing just registered is asked of the registry once more.',
    notProbed: 'that it was not behind would prove nothing',
  },
  {
    id: 'dynamodb-throughput',
    says: 'On-demand tables take 4,000 writes a second from the start.',
    restsOn: 'documented',
    source: 'Amazon DynamoDB: On-demand capacity mode',
    imitatedIn: [],
    ifWrong: 'Writes are throttled, and repeated by the SDK.',
    notProbed: 'it would cost more than cents',
  },
];

async function read({ dynamodb, ref }: Stage, id: string): Promise<Record<string, unknown> | undefined> {
  const get = new GetCommand({ TableName: ref('Table'), Key: { id }, ConsistentRead: true });
  return (await dynamodb.send(get)).Item;
}
