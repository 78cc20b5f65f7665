import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Slot } from '../csms/commands/ports.js';
import { startDynamoDb } from '../test/contracts/dynamodb.js';

let stop: () => Promise<void>;
/** How many answers are still to be lost on their way. */
let losing = 0;
beforeAll(async () => {
  stop = await startDynamoDb();
  const { dynamodb } = await import('./dynamodb.js');
  dynamodb.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const answered = await next(args);
        if (commandName !== 'PutItemCommand' || losing === 0) return answered;
        losing--;
        throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
      },
    { step: 'deserialize', priority: 'high' },
  );
});
afterAll(() => stop());

it('a change whose answer was lost is made, and made once', async () => {
  const { changeItem, readItem } = await import('./versioned-item.js');
  const key = { chargePointId: 'CP1' };
  for (const count of [1, 2]) {
    losing = 1;
    const add = (item: Record<string, unknown> | undefined) => ({ count: ((item?.count as number) ?? 0) + 1 });
    expect(await changeItem('ConnectionsTable', key, add)).toBe(true);
    expect(await readItem('ConnectionsTable', key)).toMatchObject({ count, version: count });
  }
});

it('an idempotency key whose answer was lost is taken, and by nobody else', async () => {
  const { dynamoIdempotency } = await import('./idempotency.js');
  const keys = dynamoIdempotency('IdempotencyTable');
  const request = { key: 'k', fingerprint: 'f', id: '1' };
  const [at, later] = ['2026-01-02T03:04:05Z', '2026-01-02T03:05:06Z'].map((time) => new Date(time)) as [Date, Date];
  losing = 1;
  expect(await keys.begin(request, at)).toEqual({ outcome: 'new', id: '1' });
  expect(await keys.begin({ ...request, id: '2' }, at)).toEqual({ outcome: 'under way' });
  await keys.abandon(request, at);
  await expect(keys.begin({ ...request, id: '3' }, later)).resolves.toEqual({ outcome: 'new', id: '1' });
  expect(await keys.begin({ ...request, id: '4' }, later)).toEqual({ outcome: 'under way' });
});

it('a slot whose answer was lost is taken, and by nobody else', async () => {
  const { dynamoSlots } = await import('./slots.js');
  const slots = dynamoSlots('CommandsTable');
  const slot = (messageId: string): Slot => ({
    ...{ chargePointId: 'CP1', commandId: messageId, messageId, connectionId: 'c1' },
    ...{ sentAt: '2026-01-02T03:04:05.678Z', deadline: '2026-01-02T03:04:35.678Z' },
  });
  losing = 1;
  expect(await slots.take(slot('m1'), undefined)).toBe(true);
  // Even what looks the same is another's.
  expect(await slots.take(slot('m1'), undefined)).toBe(false);
  expect(await slots.read('CP1')).toEqual(slot('m1'));
  losing = 1;
  expect(await slots.take(slot('m2'), slot('m1'))).toBe(true);
  expect(await slots.read('CP1')).toEqual(slot('m2'));
});
