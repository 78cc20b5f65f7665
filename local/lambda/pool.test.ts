import { afterAll, afterEach, expect, it } from 'vitest';
import { Mailbox } from '../../charge-point/testing.js';
import { systemClock } from '../clock.js';
import { ManualClock } from '../testing.js';
import { FunctionError, type LambdaFunction, Pool } from './pool.js';
import { Gate, testFunctions } from './testing.js';

const functions = testFunctions();
const pools: Pool[] = [];
const gate = new Gate();
const logged = new Mailbox<string>();
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});
afterAll(() => {
  functions.close();
  gate.close();
});

function poolOf(exportName: string, more: Partial<LambdaFunction> = {}, clock = systemClock): Pool {
  const pool = new Pool(functions.of(exportName, more), clock, (name, line) => logged.put(`${name}: ${line}`));
  pools.push(pool);
  return pool;
}

it('two environments take turns, even when one would do', async () => {
  const pool = poolOf('environment');
  const seen: unknown[] = [];
  for (let event = 0; event < 4; event++) seen.push(await pool.invoke({}));
  expect(new Set(seen).size).toBe(2);
  expect(seen.slice(2)).toEqual(seen.slice(0, 2));
});

it('an environment handles one event at a time: there are as many as events', async () => {
  const pool = poolOf('held');
  const events: Promise<unknown>[] = [];
  const environments: number[] = [];
  for (let event = 0; event < 3; event++) {
    const arrival = gate.arrival();
    events.push(pool.invoke({ gate: gate.name }));
    environments.push(await arrival);
  }
  expect(new Set(environments).size).toBe(3);
  gate.release();
  expect(await Promise.all(events)).toEqual(environments);
});

it('closing waits for the event in hand', async () => {
  const pool = poolOf('held');
  const arrival = gate.arrival();
  const event = pool.invoke({ gate: gate.name });
  const environment = await arrival;
  const closed = pool.close();
  gate.release();
  await closed;
  expect(await event).toBe(environment);
});

it('after a close the next events find new environments', async () => {
  const pool = poolOf('environment');
  const before = await pool.invoke({});
  await pool.close();
  expect(await pool.invoke({})).not.toBe(before);
});

it('what the function throws arrives with its name', async () => {
  const thrown = await poolOf('failing')
    .invoke({ message: 'no such thing' })
    .catch((error) => error);
  expect(thrown).toBeInstanceOf(FunctionError);
  expect(thrown).toMatchObject({
    functionName: 'failing',
    errorType: 'TypeError',
    errorMessage: 'no such thing',
    trace: expect.stringContaining('handlers.mjs'),
    message: 'failing: TypeError: no such thing',
  });
});

it.each([
  ['broken', 'Error: no table is configured'],
  ['missing', 'exports no function missing'],
  ['exiting', 'Runtime.ExitError'],
  ['circular', 'TypeError'],
])('a function that is %s fails every event with its reason', async (exportName, reason) => {
  const pool = poolOf(exportName);
  await expect(pool.invoke({})).rejects.toThrow(reason);
  await expect(pool.invoke({})).rejects.toThrow(reason);
  await expect(pool.invoke({})).rejects.toThrow(reason);
});

it('an event that takes longer than the function may ends with its environment', async () => {
  const clock = new ManualClock();
  const pool = poolOf('hanging', { timeout: 7000 }, clock);
  const event = expect(pool.invoke({})).rejects.toThrow('hanging: Sandbox.Timedout: Task timed out after 7 seconds');
  await clock.pass(7000);
  await event;
  expect(clock.waits).toEqual([]);
});

it('an error after the return is told with the name of the function, and spoils no later event', async () => {
  const pool = poolOf('late');
  await pool.invoke({});
  expect(await logged.take()).toMatch(/^late: Runtime.UnhandledError after the handler had returned: Error: too late/);
  expect(await pool.invoke({})).toBeNull();
});

it('finds its own variables and nothing of this process', async () => {
  expect(await poolOf('variables', { environment: { TABLE: 'T' } }).invoke({})).toEqual({ TABLE: 'T' });
});

it('what it prints is its log', async () => {
  await poolOf('logging').invoke({ line: 'hello' });
  expect(await logged.take()).toBe('logging: hello');
});

it('is told who it is and how long it has', async () => {
  expect(await poolOf('context').invoke({})).toEqual({
    awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    functionName: 'context',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:0:function:context',
    remaining: true,
  });
});

it('nothing returned is null', async () => {
  expect(await poolOf('nothing').invoke(undefined)).toBeNull();
});
