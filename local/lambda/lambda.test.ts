import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Mailbox } from '../../charge-point/testing.js';
import { Gate, testFunctions } from '../../test/local/functions.js';
import { always, deployed, ManualClock } from '../../test/local/testing.js';
import { type Faults, noFaults } from '../faults.js';
import { startMeter } from '../meter.js';
import { type Invoker, type Lambda, RequestTooLarge, startLambda } from './lambda.js';

const functions = testFunctions();
afterAll(() => functions.close());

const rule = 'arn:aws:iot:us-east-1:0:rule/in';
const iot: Invoker = { principal: 'iot.amazonaws.com', sourceArn: rule };
let clock: ManualClock;
let lambda: Lambda;
let logged: Mailbox<string>;
let failures: Mailbox<{ queue: string; record: Record<string, unknown> }>;

beforeEach(() => {
  clock = new ManualClock();
  logged = new Mailbox();
  failures = new Mailbox();
  lambda = startLambda({
    clock,
    faults: noFaults,
    meter: startMeter(),
    sendFailure: (queue, body) => failures.put({ queue, record: JSON.parse(body) }),
    onLog: (_, line) => logged.put(line),
  });
  lambda.deploy(functions.of('nothing'));
  lambda.deploy(functions.of('failing'));
});
afterEach(() => lambda.close());

function permit(properties: object) {
  lambda.permit(deployed({ Action: 'lambda:InvokeFunction', Principal: 'iot.amazonaws.com', ...properties }));
}

describe('an event', () => {
  const text = (bytes: number) => 'x'.repeat(bytes - 2);
  const mebi = 1024 * 1024;

  it('may have 6 MB, and 1 MB where nobody waits', async () => {
    permit({ FunctionName: 'nothing' });
    expect(await lambda.invoke('nothing', text(6 * mebi), iot)).toBeNull();
    lambda.invokeLater('nothing', text(mebi), iot);
    await expect(lambda.invoke('nothing', text(6 * mebi + 1), iot)).rejects.toThrow(RequestTooLarge);
    expect(() => lambda.invokeLater('nothing', text(mebi + 1), iot)).toThrow(RequestTooLarge);
  });

  it('is answered by 6 MB at most', async () => {
    lambda.deploy(functions.of('repeating'));
    const answered = (count: number) => lambda.invoke('repeating', { count }, 'cloudformation');
    expect(await answered(6 * mebi + 98)).toHaveLength(6 * mebi + 98);
    await expect(answered(6 * mebi + 99)).rejects.toMatchObject({ errorType: 'Function.ResponseSizeTooLarge' });
  });
});

describe('a permission', () => {
  it('is needed by a service', async () => {
    const refusal =
      'No AWS::Lambda::Permission lets iot.amazonaws.com for arn:aws:iot:us-east-1:0:rule/in invoke nothing';
    await expect(lambda.invoke('nothing', {}, iot)).rejects.toThrow(refusal);
    expect(() => lambda.invokeLater('nothing', {}, iot)).toThrow(refusal);
  });

  it.each([
    ['everything of a service', {}],
    ['one source', { SourceArn: rule }],
    ['sources that are alike', { SourceArn: 'arn:aws:iot:*:0:rule/i?' }],
    ['a function by its ARN', { FunctionName: 'arn:aws:lambda:us-east-1:0:function:nothing' }],
  ])('can be for %s', async (_, properties) => {
    permit({ FunctionName: 'nothing', ...properties });
    expect(await lambda.invoke('nothing', {}, iot)).toBeNull();
  });

  it.each([
    ['another function', { FunctionName: 'failing' }],
    ['another service', { Principal: 'sns.amazonaws.com' }],
    ['another source', { SourceArn: `${rule}2` }],
    ['another action', { Action: 'lambda:GetFunction' }],
  ])('for %s does not help', async (_, properties) => {
    permit({ FunctionName: 'nothing', ...properties });
    await expect(lambda.invoke('nothing', {}, iot)).rejects.toThrow('No AWS::Lambda::Permission');
  });

  it('is not needed by who acts for the function or the user', async () => {
    expect(await lambda.invoke('nothing', {}, 'event source mapping')).toBeNull();
  });
});

describe('a chain of messages that one led to the other', () => {
  const traceOf = (message: unknown) => lambda.invoke('traced', {}, 'event source mapping', [message as string]);
  /** Each is sent by the function that the one before invoked. */
  async function rounds(count: number): Promise<unknown> {
    let trace: unknown;
    for (let round = 0; round < count; round++) trace = await traceOf(trace);
    return trace;
  }

  it('may invoke a function sixteen times, not more', async () => {
    lambda.deploy(functions.of('traced'));
    const last = await rounds(16);
    await expect(traceOf(last)).rejects.toThrow('RecursiveInvocationException');
  });

  it('may go on where the function allows it', async () => {
    lambda.deploy(functions.of('traced', { isRecursive: true }));
    expect(await rounds(40)).toMatch(/^Root=1-\S+;Lineage=[\da-f]{8}:40$/);
  });

  it('is counted for each function by itself', async () => {
    lambda.deploy(functions.of('traced'));
    expect(await traceOf('Root=1-2-3;Lineage=0000abcd:16')).toMatch(/^Root=1-2-3;Lineage=0000abcd:16\|[\da-f]{8}:1$/);
  });

  it('makes a whole batch fail, and what a batch sends is a round further than its furthest', async () => {
    lambda.deploy(functions.of('traced'));
    const [few, all] = [await rounds(3), await rounds(16)] as [string, string];
    const batch = (...traces: (string | undefined)[]) => lambda.invoke('traced', {}, 'event source mapping', traces);
    expect(await batch(few, undefined)).toMatch(/:4$/);
    await expect(batch(few, all)).rejects.toThrow('RecursiveInvocationException');
  });

  it('begins anew with an event that no message led to', async () => {
    lambda.deploy(functions.of('traced'));
    await rounds(2);
    expect(await lambda.invoke('traced', {}, 'cloudformation')).toMatch(/:1$/);
  });
});

it('a function that does not exist is named', async () => {
  await expect(lambda.invoke('absent', {}, 'cloudformation')).rejects.toThrow('There is no function absent.');
  expect(() => permit({ FunctionName: 'absent' })).toThrow('There is no function absent.');
});

describe('an asynchronous event', () => {
  beforeEach(() => permit({ FunctionName: 'failing' }));
  const configure = (properties: object) =>
    lambda.configureFailures(
      deployed({ FunctionName: 'failing', DestinationConfig: { OnFailure: { Destination: 'queue' } }, ...properties }),
    );

  it('that fails is tried again after one and two minutes, then goes to the failure destination', async () => {
    configure({});
    lambda.invokeLater('failing', { message: 'no' }, iot);
    expect(await logged.take()).toBe('TypeError: no');
    await clock.pass(60_000);
    await logged.take();
    await clock.pass(120_000);
    const { queue, record } = await failures.take();
    expect(queue).toBe('queue');
    expect(record).toMatchObject({
      version: '1.0',
      timestamp: '2026-01-02T03:07:05.000Z',
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
      requestPayload: { message: 'no' },
      responsePayload: { errorType: 'TypeError', errorMessage: 'no' },
    });
  });

  it('is tried as often as its configuration says', async () => {
    configure({ MaximumRetryAttempts: 0 });
    lambda.invokeLater('failing', { message: 'no' }, iot);
    expect((await failures.take()).record).toMatchObject({ requestContext: { approximateInvokeCount: 1 } });
  });

  it('is given up when a further attempt would find it too old', async () => {
    configure({ MaximumEventAgeInSeconds: 100 });
    lambda.invokeLater('failing', { message: 'no' }, iot);
    await clock.pass(60_000);
    expect((await failures.take()).record).toMatchObject({
      requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 2 },
    });
  });

  it('whose failure cannot be sent is logged', async () => {
    const broken = startLambda({
      clock,
      faults: noFaults,
      meter: startMeter(),
      sendFailure: () => {
        throw new Error('There is no queue.');
      },
      onLog: (_, line) => logged.put(line),
    });
    broken.deploy(functions.of('failing'));
    broken.configureFailures(
      deployed({
        FunctionName: 'failing',
        MaximumRetryAttempts: 0,
        DestinationConfig: { OnFailure: { Destination: 'q' } },
      }),
    );
    broken.invokeLater('failing', { message: 'no' }, 'cloudformation');
    await logged.take();
    expect(await logged.take()).toBe('Error: There is no queue.');
    await broken.close();
  });
});

describe('an environment', () => {
  const underFaults = (faults: Faults) =>
    startLambda({
      clock,
      faults,
      meter: startMeter(),
      sendFailure: () => {},
      onLog: (_, line) => logged.put(line),
    });

  it('may be another at each event', async () => {
    const mortal = underFaults(always('recycled'));
    mortal.deploy(functions.of('environment'));
    const threads = new Set();
    for (let n = 0; n < 4; n++) threads.add(await mortal.invoke('environment', {}, 'cloudformation'));
    expect(threads.size).toBe(4);
    await mortal.close();
  });

  it('may end in the middle of an asynchronous event, which is told again', async () => {
    const mortal = underFaults(always('killed'));
    const gate = new Gate();
    mortal.deploy(functions.of('held'));
    for (const retry of [60_000, 120_000]) {
      const arrival = gate.arrival();
      if (retry === 60_000) mortal.invokeLater('held', { gate: gate.name }, 'cloudformation');
      await arrival;
      await clock.pass(15);
      expect(await logged.take()).toBe('Runtime.ExitError: the environment was ended');
      await clock.pass(retry);
    }
    await mortal.close();
    gate.close();
  });
});

it('nothing is invoked after the end', async () => {
  await lambda.close();
  await expect(lambda.invoke('nothing', {}, 'cloudformation')).rejects.toThrow('closed');
});
