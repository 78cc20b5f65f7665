import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Target, Task, Tasks } from '../csms/tasks/ports.js';
import { dueKeys } from './due.js';
import { conditionally, dynamodb } from './dynamodb.js';
import { day, expiryAfter } from './expiry.js';
import { itemsOf, queryPage } from './page.js';
import { changeItem, readItem } from './versioned-item.js';

/** How long a task is kept after its deadline, in seconds. */
const kept = 30 * day;
/** In the index of what is due, those that have not ended. */
const dueFor = 'task';
/** In the index `list`, all tasks. */
const listedIn = 'tasks';

/**
 * One item per task, `task`, and one for each of its charge points, `target#{chargePointId}`. Those that are not settled are in
 * the index `open`, and all tasks in the index `list`.
 */
export function dynamoTasks(TableName: string): Tasks {
  const taskKey = (taskId: string) => ({ taskId, item: 'task' });
  const targetKey = (taskId: string, chargePointId: string) => ({ taskId, item: `target#${chargePointId}` });
  const put = (Item: object) =>
    conditionally(
      dynamodb.send(new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(taskId)' })),
    );

  return {
    async add(task) {
      const written = await put({ ...taskKey(task.taskId), ...taskAttributes(task), version: 1 });
      return written ? task : ((await this.read(task.taskId)) ?? task);
    },

    async list(page) {
      const found = await queryPage(
        {
          ...{ TableName, IndexName: 'list', ScanIndexForward: false },
          KeyConditionExpression: 'listedIn = :listedIn',
          ExpressionAttributeValues: { ':listedIn': listedIn },
        },
        page,
      );
      const keys = found.items.map(({ taskId }) => taskKey(taskId as string));
      return { ...found, items: (await itemsOf(TableName, keys)).map(taskOf) };
    },

    async read(taskId) {
      const item = await readItem(TableName, taskKey(taskId));
      return item && taskOf(item);
    },

    async change(taskId, transition) {
      let task: Task | undefined;
      const isChanged = await changeItem(TableName, taskKey(taskId), (item) => {
        const before = item && taskOf(item);
        const after = before && transition(before);
        task = after ?? before;
        return after && taskAttributes(after);
      });
      return task && { task, isChanged };
    },

    async due(now, limit) {
      return (await dueKeys(TableName, dueFor, now, limit)).map(({ taskId }) => taskId as string);
    },

    async addTarget(target, task) {
      const attributes = targetAttributes(target, expiryAfter(task.deadline, kept));
      const key = targetKey(target.taskId, target.chargePointId);
      if (await put({ ...key, ...attributes, version: 1 })) return undefined;
      const item = await readItem(TableName, key);
      return item && targetOf(item);
    },

    async changeTarget(taskId, chargePointId, transition) {
      await changeItem(TableName, targetKey(taskId, chargePointId), (item) => {
        const after = item && transition(targetOf(item));
        return after && targetAttributes(after, item.expires as number);
      });
    },

    async targets(taskId, page) {
      const found = await queryPage(
        {
          TableName,
          KeyConditionExpression: 'taskId = :taskId AND begins_with(#item, :target)',
          ExpressionAttributeNames: { '#item': 'item' },
          ExpressionAttributeValues: { ':taskId': taskId, ':target': 'target#' },
          ConsistentRead: true,
        },
        page,
      );
      return { ...found, items: found.items.map(targetOf) };
    },

    async open(taskId, page) {
      const found = await queryPage(
        {
          TableName,
          IndexName: 'open',
          KeyConditionExpression: 'taskId = :taskId',
          ExpressionAttributeValues: { ':taskId': taskId },
          ConsistentRead: true,
        },
        page,
      );
      return { ...found, items: found.items.map(targetOf) };
    },
  };
}

function taskAttributes({ taskId: _, ...task }: Task): Record<string, unknown> {
  const { status, dueAt, deadline, createdAt } = task;
  const expires = expiryAfter(deadline, kept);
  return { task, listedIn, createdAt, expires, ...(status !== 'ended' && { dueFor, dueAt }) };
}

function taskOf({ taskId, task }: Record<string, unknown>): Task {
  return { taskId, ...(task as object) } as Task;
}

function targetAttributes({ taskId: _, ...target }: Target, expires: number): Record<string, unknown> {
  // Only until it is settled is it in the index.
  return { target, expires, ...(target.status === 'queued' && { openFor: target.chargePointId }) };
}

function targetOf({ taskId, target }: Record<string, unknown>): Target {
  return { taskId, ...(target as object) } as Target;
}
