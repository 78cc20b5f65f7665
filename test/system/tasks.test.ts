import type { RPCClient } from 'ocpp-rpc';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { askApi, putToken } from './api-client.js';
import { connectStrictClient } from './ocpp-rpc.js';
import { eventually, testSystem } from './system.js';

const csms = testSystem();
let token: string;
beforeAll(async () => {
  token = await putToken(csms.system, 'operator');
});
const clients: RPCClient[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close({ force: true });
});

const ask = (asked: string, body?: unknown) =>
  askApi(csms.system, asked, { token, ...(body !== undefined && { body }) });

/** What became of each charge point. */
async function results(taskId: string): Promise<Record<string, string>> {
  const { items } = (await ask(`GET /tasks/${taskId}/charge-points`)).body;
  return Object.fromEntries(
    items.map((one: { chargePointId: string; status: string }) => [one.chargePointId, one.status]),
  );
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
  const { status, headers, body } = await ask('POST /tasks', { action: 'ClearCache', selection });
  expect([status, headers.get('location')]).toEqual([202, `/api/v1/tasks/${body.taskId}`]);
  const { taskId } = body;
  const expected = { [yes]: 'accepted', [no]: 'rejected', [away]: 'queued', NOBODY: 'failed' };
  await eventually('all results but one', async () => {
    await csms.system.account.clock.idle();
    const found = await results(taskId);
    return Object.values(found).filter((one) => one !== 'queued').length === 3 ? found : undefined;
  }).then((found) => expect(found).toEqual(expected));
  expect((await ask(`GET /tasks/${taskId}`)).body).toMatchObject({
    status: 'waiting',
    progress: { accepted: 1, rejected: 1, failed: 1, queued: 1 },
  });

  // It connects within the hour.
  const client = await connectStrictClient(csms.url, away, 'ocpp1.6');
  clients.push(client);
  client.handle('ClearCache', async () => ({ status: 'Accepted' }));
  await csms.advance(1_000);
  expect(await eventually('the end', () => ended[0])).toMatchObject({
    id: `${taskId}-task-ended`,
    taskId,
    progress: { accepted: 2, rejected: 1, failed: 1 },
  });
  expect(await results(taskId)).toEqual({ ...expected, [away]: 'accepted' });
  await eventually('it has ended', async () => {
    const task = (await ask(`GET /tasks/${taskId}`)).body;
    return task.status === 'ended' ? task : undefined;
  });
  expect((await ask(`DELETE /tasks/${taskId}`)).body.code).toBe('task-over');
});
