import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { RPCClient } from 'ocpp-rpc';
import { afterEach, expect, it } from 'vitest';
import type { Task } from '../../csms/tasks/ports.js';
import { clientsOf, tableName } from './cloud.js';
import { connectStrictClient } from './ocpp-rpc.js';
import { eventually, testSystem } from './system.js';

const csms = testSystem();
const clients: RPCClient[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close({ force: true });
});

/** Begins a task as `createTask` does: its item, and its first timer. */
async function begin(taskId: string, more: Pick<Task, 'action' | 'payload' | 'selection'>): Promise<void> {
  const { account, stack } = csms.system;
  const at = (seconds: number) => new Date(account.clock.now() + seconds * 1_000).toISOString();
  const dueAt = at(300);
  const task = { ...more, createdAt: at(0), deadline: at(3_600), dueAt, status: 'spreading', step: 0 };
  const Item = { taskId, item: 'task', task, dueFor: 'task', dueAt, version: 1 };
  await clientsOf(account).dynamodb.send(new PutCommand({ TableName: tableName(stack, 'TasksTable'), Item }));
  const queue = stack.resources.ofType('AWS::SQS::Queue').find(({ logicalId }) => logicalId === 'TimersQueue');
  account.sqs.send(queue?.ref ?? '', JSON.stringify({ kind: 'task', taskId, step: 0, due: account.clock.now() }));
}

/** What became of each charge point. */
async function results(taskId: string): Promise<Record<string, string>> {
  const { Items = [] } = await clientsOf(csms.system.account).dynamodb.send(
    new QueryCommand({
      TableName: tableName(csms.system.stack, 'TasksTable'),
      KeyConditionExpression: 'taskId = :taskId AND begins_with(#item, :target)',
      ExpressionAttributeNames: { '#item': 'item' },
      ExpressionAttributeValues: { ':taskId': taskId, ':target': 'target#' },
    }),
  );
  return Object.fromEntries(Items.map(({ target }) => [target.chargePointId, target.status]));
}

/** A charge point that others wrote, which answers ClearCache. */
async function chargePoint(status: 'Accepted' | 'Rejected'): Promise<string> {
  const identity = await csms.thing();
  const client = await connectStrictClient(csms.url, identity, 'ocpp1.6');
  clients.push(client);
  client.handle('ClearCache', async () => ({ status }));
  return identity;
}

it('one command to several charge points has a result of each, and tells when all are settled', async () => {
  const [yes, no, away] = [await chargePoint('Accepted'), await chargePoint('Rejected'), await csms.thing()];
  await csms.advance(1_000);
  const ended: unknown[] = [];
  csms.system.account.iot.broker.listen(({ topic, payload }) => {
    if (topic === '.tasks/events/task-ended') ended.push(JSON.parse(String(payload)));
  });
  const selection = { chargePointIds: [yes, no, away, 'NOBODY'] };
  await begin('T1', { action: 'ClearCache', payload: '{}', selection });
  const expected = { [yes]: 'accepted', [no]: 'rejected', [away]: 'queued', NOBODY: 'failed' };
  await eventually('all results but one', async () => {
    await csms.system.account.clock.idle();
    const found = await results('T1');
    return Object.values(found).filter((status) => status !== 'queued').length === 3 ? found : undefined;
  }).then((found) => expect(found).toEqual(expected));

  // It connects within the hour.
  const client = await connectStrictClient(csms.url, away, 'ocpp1.6');
  clients.push(client);
  client.handle('ClearCache', async () => ({ status: 'Accepted' }));
  await csms.advance(1_000);
  expect(await eventually('the end', () => ended[0])).toMatchObject({
    id: 'T1-task-ended',
    taskId: 'T1',
    progress: { accepted: 2, rejected: 1, failed: 1 },
  });
  expect(await results('T1')).toEqual({ ...expected, [away]: 'accepted' });
});
