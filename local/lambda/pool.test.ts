import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Mailbox } from '../../charge-point/testing.js';
import { Gate, testFunctions } from '../../test/local/functions.js';
import { ManualClock } from '../../test/local/testing.js';
import { type AccountClock, startClock } from '../clock.js';
import { FunctionError, type LambdaFunction, Pool } from './pool.js';

const functions = testFunctions();
const pools: Pool[] = [];
const gate = new Gate();
/** Of one test: a pool of another may still have something to say. */
let logged: Mailbox<string>;
beforeEach(() => {
  logged = new Mailbox();
});
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});
afterAll(() => {
  functions.close();
  gate.close();
});

function poolOf(exportName: string, more: Partial<LambdaFunction> = {}, clock: AccountClock = startClock()): Pool {
  const lines = logged;
  const pool = new Pool(functions.of(exportName, more), clock, (name, line) => lines.put(`${name}: ${line}`));
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

it('there are four at most: further events wait in line, and closing waits for them', async () => {
  const pool = poolOf('environment');
  const events = Array.from({ length: 12 }, () => pool.invoke({}));
  await pool.close();
  expect(new Set(await Promise.all(events)).size).toBe(4);
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
  ['exiting', 'Runtime.ExitError: Runtime exited with error: exit status 1'],
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
  const found = await poolOf('variables', { environment: { TABLE: 'T' } }).invoke({}, 'Root=1-2-3');
  expect(found).toEqual({ TABLE: 'T', _X_AMZN_TRACE_ID: 'Root=1-2-3' });
});

it('what it prints is a line of JSON each, with one argument as it is, from its level on', async () => {
  await poolOf('loggingAll', { logLevel: 'WARN' }).invoke({});
  const record = async () => JSON.parse((await logged.take()).replace(/^loggingAll: /, ''));
  expect(await record()).toEqual({
    timestamp: expect.stringMatching(/^20.*Z$/),
    level: 'WARN',
    requestId: expect.stringMatching(/^[\da-f-]{36}$/),
    message: { message: 'refused', code: 'no' },
  });
  expect(await record()).toMatchObject({ level: 'ERROR', message: 'two { n: 2 }' });
  const error = { errorType: 'TypeError', errorMessage: 'why', stackTrace: expect.any(Array) };
  expect(await record()).toMatchObject({ message: { it: 'failed', error } });
});

it('what it prints is its log', async () => {
  await poolOf('logging').invoke({ line: 'hello' });
  expect(await logged.take()).toBe('logging: hello');
});

it('is told who it is and how long it has', async () => {
  const { remaining, ...told } = (await poolOf('context').invoke({})) as { remaining: number };
  expect(told).toEqual({
    awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    functionName: 'context',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:0:function:context',
  });
  expect(remaining).toBeGreaterThan(0);
  expect(remaining).toBeLessThanOrEqual(3000);
});

it('nothing returned is null', async () => {
  expect(await poolOf('nothing').invoke(undefined)).toBeNull();
});

it("a function's time is the account's, however it asks", async () => {
  const clock = startClock();
  const pool = poolOf('time', {}, clock);
  for (const ms of [0, 24 * 60 * 60_000]) {
    await clock.advance(ms);
    const before = clock.now();
    const { times, ...rest } = (await pool.invoke({})) as { times: number[] };
    for (const time of times) {
      // One of them tells whole seconds.
      expect(time).toBeGreaterThan(before - 1000);
      expect(time).toBeLessThanOrEqual(clock.now());
    }
    expect(rest).toEqual({ given: '1970-01-01T00:00:00.000Z', isDate: true });
  }
});

describe('an environment whose bundle does not load', () => {
  it.each([
    ['throws', 'broken', 'TypeError: no table is configured'],
    ['is not there', 'absent', "Runtime.ImportModuleError: Error: Cannot find module '/absent.mjs'"],
    ['is no JavaScript', 'wrong', "Runtime.UserCodeSyntaxError: Unexpected token ';'"],
    ['lacks the handler', 'missing', 'Runtime.HandlerNotFound: missing is undefined or not exported by'],
    ['leaves a timer', 'ticking', 'Embedded.OutlivedInit: ticking was loaded and left a timer of 500 ms open'],
  ])('since it %s is thrown away: each event fails by that, in a new one', async (_, exportName, reason) => {
    const code = { file: '/absent.mjs', exportName };
    const pool = poolOf(exportName, exportName === 'absent' ? { code } : {});
    for (let event = 0; event < 3; event++) await expect(pool.invoke({})).rejects.toThrow(`${exportName}: ${reason}`);
  });

  it('within 10 seconds fails by its time-out', async () => {
    const clock = new ManualClock();
    const event = expect(poolOf('stuck', {}, clock).invoke({})).rejects.toThrow(
      'stuck: Sandbox.Timedout: Init timed out after 10 seconds',
    );
    await clock.pass(10_000);
    await event;
  });

  it('as fast as the function may take is not counted', async () => {
    expect(await poolOf('slow', { timeout: 200 }).invoke({})).toBe('loaded');
  });
});

describe('what a handler began and did not wait for', () => {
  const server = createServer((_, response) => response.end('text'));
  let url: string;
  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/topics/a?qos=1`;
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  it.each([
    ['setTimeout', 'a timer of 500 ms'],
    ['setInterval', 'a timer of 500 ms'],
    ['setImmediate', 'a request to URL'],
    ['imported', 'a timer of 500 ms'],
    ['promised', 'a timer of 500 ms'],
    ['iterated', 'a timer of 500 ms'],
    ['scheduled', 'a timer of 500 ms'],
    ['promisified', 'a timer of 500 ms'],
    ['request', 'a request to URL'],
    ['fetch', 'a request to URL'],
    ['soon', 'a request to URL'],
  ])('fails its event, which names it: %s', async (what, name) => {
    const outlived = `opening ended before ${name.replace('URL', url)} did: Lambda freezes what is not done`;
    await expect(poolOf('opening').invoke({ what, url })).rejects.toMatchObject({
      errorType: 'Embedded.OutlivedHandler',
      errorMessage: outlived,
    });
  });

  it('is told beside what the handler threw', async () => {
    await expect(poolOf('openingAndFailing').invoke({})).rejects.toMatchObject({
      errorType: 'TypeError',
      errorMessage: expect.stringMatching(/^no; openingAndFailing ended before a timer of 500 ms did/),
    });
  });

  it('is told in the log when it begins after the event, and ends the environment', async () => {
    const pool = poolOf('openingLate');
    await pool.invoke({});
    expect(await logged.take()).toMatch(
      /^openingLate: Embedded.OutlivedHandler after .*: openingLate began a timer of 500 ms when it had ended/,
    );
    expect(await pool.invoke({})).toBeNull();
  });

  it('is no matter when it is over, or was called off', async () => {
    const pool = poolOf('closing');
    for (let event = 0; event < 4; event++) expect(await pool.invoke({ url })).toBeNull();
  });
});

describe('an environment can be ended by somebody else', () => {
  it('between events: the next one finds another', async () => {
    const pool = poolOf('environment');
    const first = await pool.invoke({});
    expect(pool.end((event) => event === undefined)).toBe(true);
    expect(pool.end((event) => event === undefined)).toBe(false);
    expect(await pool.invoke({})).not.toBe(first);
  });

  it('in the middle of an event, which fails', async () => {
    const pool = poolOf('held');
    const arrival = gate.arrival();
    const event = pool.invoke({ gate: gate.name });
    await arrival;
    expect(pool.end((event) => event === undefined)).toBe(false);
    expect(pool.end((event) => (event as { gate: string }).gate === gate.name)).toBe(true);
    await expect(event).rejects.toThrow('held: Runtime.ExitError: the environment was ended');
  });
});
