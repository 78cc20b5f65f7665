import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Target, Task, Tasks } from '../../csms/tasks/ports.js';
import { MemoryTasks } from '../memory/tasks.js';
import { atOnce } from '../memory/turn.js';
import { item, startDynamoDb } from './dynamodb.js';

let ids = 0;
const nextId = () => `T${++ids}`;
const deadline = '2026-01-03T03:04:05.678Z';
const task = (taskId: string, more: Partial<Task> = {}): Task => ({
  ...{ taskId, action: 'ClearCache', payload: '{}', selection: { labels: ['fast'] }, deadline },
  ...{ createdAt: '2026-01-02T03:04:05.678Z', dueAt: '2026-01-02T03:09:05.678Z', status: 'spreading', step: 0 },
  ...more,
});
const target = (taskId: string, chargePointId: string, more: Partial<Target> = {}): Target => ({
  ...{ taskId, chargePointId, commandId: `task-${chargePointId}`, status: 'queued' },
  ...more,
});

function contract(make: () => Promise<Tasks>) {
  let tasks: Tasks;
  beforeAll(async () => {
    tasks = await make();
  });

  async function withTargets(...chargePointIds: string[]): Promise<string> {
    const taskId = nextId();
    for (const id of chargePointIds) await tasks.addTarget(target(taskId, id), task(taskId));
    return taskId;
  }
  const open = async (taskId: string) =>
    (await tasks.open(taskId, { limit: 100 })).items.map((one) => one.chargePointId);

  it('has what was added, as it was added, and the first of two with the same id', async () => {
    const taskId = nextId();
    expect(await tasks.add(task(taskId))).toEqual(task(taskId));
    expect(await tasks.add(task(taskId, { action: 'Reset' }))).toEqual(task(taskId));
    expect(await tasks.read(taskId)).toEqual(task(taskId));
  });

  it('has none that nobody added, and changes none', async () => {
    expect(await tasks.read(nextId())).toBeUndefined();
    expect(await tasks.change(nextId(), (one) => one)).toBeUndefined();
  });

  it('changes what is there, and says so', async () => {
    const taskId = nextId();
    await tasks.add(task(taskId));
    expect(await tasks.change(taskId, () => undefined)).toEqual({ task: task(taskId), isChanged: false });
    const after = task(taskId, { step: 1, cursor: 'next' });
    expect(await tasks.change(taskId, () => after)).toEqual({ task: after, isChanged: true });
    expect(await tasks.read(taskId)).toEqual(after);
  });

  it('loses no change of several at once', async () => {
    const taskId = nextId();
    await tasks.add(task(taskId));
    const changes = Array.from({ length: 5 }, () => tasks.change(taskId, (one) => ({ ...one, step: one.step + 1 })));
    await Promise.all(changes);
    expect((await tasks.read(taskId))?.step).toBe(5);
  });

  it('finds what is due and has not ended, the longest due first', async () => {
    const [late, early, ended, later] = [nextId(), nextId(), nextId(), nextId()];
    await tasks.add(task(late, { dueAt: '2020-01-02T00:00:00.000Z' }));
    await tasks.add(task(early, { dueAt: '2020-01-01T00:00:00.000Z' }));
    await tasks.add(task(ended, { dueAt: '2020-01-01T00:00:00.000Z' }));
    await tasks.add(task(later, { dueAt: '2020-01-03T00:00:00.000Z' }));
    await tasks.change(ended, (one) => ({ ...one, status: 'ended' }));
    expect(await tasks.due(new Date('2020-01-02T00:00:00Z'), 100)).toEqual([early, late]);
    expect(await tasks.due(new Date('2020-01-02T00:00:00Z'), 1)).toEqual([early]);
  });

  it('lists its charge points and those that are not settled, by name, a page at a time', async () => {
    const taskId = await withTargets('B', 'A', 'C');
    const told = await tasks.addTarget(target(taskId, 'B', { status: 'failed' }), task(taskId));
    expect(told).toEqual(target(taskId, 'B'));
    await tasks.changeTarget(taskId, 'A', (one) => ({ ...one, status: 'failed', reason: 'why' }));
    const first = await tasks.targets(taskId, { limit: 2 });
    const rest = await tasks.targets(taskId, { limit: 2, cursor: first.cursor });
    expect([...first.items, ...rest.items]).toEqual([
      target(taskId, 'A', { status: 'failed', reason: 'why' }),
      target(taskId, 'B'),
      target(taskId, 'C'),
    ]);
    expect(await open(taskId)).toEqual(['B', 'C']);
    expect((await tasks.open(taskId, { limit: 1 })).items).toEqual([target(taskId, 'B')]);
  });

  it('lists all, the newest first, a page at a time, as they are now', async () => {
    const created = Array.from({ length: 3 }, (_, i) => ({
      taskId: nextId(),
      createdAt: `2027-01-0${i + 1}T00:00:00.000Z`,
    }));
    for (const { taskId, createdAt } of created) await tasks.add(task(taskId, { createdAt }));
    await tasks.change(created[0]?.taskId ?? '', (one) => ({ ...one, status: 'ended', step: 7 }));
    const first = await tasks.list({ limit: 2 });
    const rest = await tasks.list({ limit: 1, cursor: first.cursor });
    const [oldest, middle, newest] = created.map(({ taskId, createdAt }) => task(taskId, { createdAt }));
    expect([...first.items, ...rest.items]).toEqual([newest, middle, { ...oldest, status: 'ended', step: 7 }]);
  });

  it('goes on in a list of which something was settled meanwhile', async () => {
    const taskId = await withTargets('A', 'B', 'C', 'D');
    const first = await tasks.open(taskId, { limit: 2 });
    for (const { chargePointId } of first.items) {
      await tasks.changeTarget(taskId, chargePointId, (one) => ({ ...one, status: 'accepted' }));
    }
    const rest = await tasks.open(taskId, { limit: 2, cursor: first.cursor });
    expect(rest.items.map(({ chargePointId }) => chargePointId)).toEqual(['C', 'D']);
  });

  it('changes no charge point that is none of it, nor one that is to be left alone', async () => {
    const taskId = await withTargets('A');
    await tasks.changeTarget(taskId, 'B', (one) => ({ ...one, status: 'failed' }));
    await tasks.changeTarget(taskId, 'A', () => undefined);
    expect((await tasks.targets(taskId, { limit: 9 })).items).toEqual([target(taskId, 'A')]);
  });
}

describe('Tasks in memory', () => contract(async () => new MemoryTasks(atOnce)));

describe('Tasks in DynamoDB', () => {
  let stop: () => Promise<void>;
  beforeAll(async () => {
    stop = await startDynamoDb();
  });
  afterAll(() => stop());
  const store = async () => (await import('../../aws/tasks.js')).dynamoTasks('TasksTable');
  contract(store);

  it('lets DynamoDB delete a task and its charge points 30 days after the deadline', async () => {
    const taskId = nextId();
    const tasks = await store();
    await tasks.add(task(taskId));
    await tasks.addTarget(target(taskId, 'A'), task(taskId));
    await tasks.changeTarget(taskId, 'A', (one) => ({ ...one, status: 'accepted' }));
    const expires = async (name: string) => (await item('TasksTable', { taskId, item: name }))?.expires;
    const expected = Date.parse('2026-02-02T03:04:05Z') / 1_000;
    expect([await expires('task'), await expires('target#A')]).toEqual([expected, expected]);
  });
});
