import { beforeEach, describe, expect, it } from 'vitest';
import { Mailbox } from '../../charge-point/testing.js';
import { always, deployed, ManualClock } from '../../test/local/testing.js';
import { noFaults } from '../faults.js';
import { startMeter } from '../meter.js';
import type { Message } from './broker.js';
import { runRule } from './rules.js';

const payload = '{"a":1}';
let done: Mailbox<unknown[]>;
let errors: Mailbox<string>;
let publish: (message: Partial<Message>) => void;
beforeEach(() => {
  done = new Mailbox();
  errors = new Mailbox();
});

const clock = new ManualClock();
const targets = {
  accountId: '0',
  region: 'r',
  lambda: { invokeLater: (...args: unknown[]) => refusing('lambda', args) },
  sqs: { send: (...args: unknown[]) => refusing('sqs', args) },
  meter: startMeter(),
  faults: noFaults,
  clock,
  dynamodb: { put: async (...args: unknown[]) => refusing('dynamodb', args) },
};
/** What has `refuse` in its name is refused. */
function refusing(service: string, args: unknown[]) {
  if (String(args[0]).includes('refuse')) throw new Error(`${service} refuses`);
  done.put([service, ...args]);
}

function run(Actions: object[], more: object = {}, faults = noFaults) {
  const TopicRulePayload = { Sql: "SELECT * FROM 'CP1/+'", AwsIotSqlVersion: '2016-03-23', Actions, ...more };
  const rule = deployed({ TopicRulePayload }, { ref: 'in_rule', attributes: { Arn: 'arn:rule' } });
  const broker = {
    listen: (listener: (message: Message) => void) => {
      publish = ({ topic = 'CP1/in', ...message }) =>
        listener({ topic, payload: Buffer.from(payload), qos: 1, userProperties: [], timestamp: 0, ...message });
      return () => {
        publish = () => {};
      };
    },
  };
  return runRule(rule, { ...targets, iot: { broker }, faults, onError: (message) => errors.put(message) });
}

const queue = (QueueUrl: string, UseBase64?: boolean) => ({ Sqs: { QueueUrl, ...(UseBase64 && { UseBase64 }) } });

describe('an action', () => {
  it('invokes a function for the rule', async () => {
    run([{ Lambda: { FunctionArn: 'arn:function' } }]);
    publish({});
    const invoker = { principal: 'iot.amazonaws.com', sourceArn: 'arn:rule' };
    expect(await done.take()).toEqual(['lambda', 'arn:function', { a: 1 }, invoker]);
  });

  it('sends to a queue, as text or as base64', async () => {
    run([queue('q'), queue('q', true)]);
    publish({});
    expect(await done.take()).toEqual(['sqs', 'q', payload]);
    expect(await done.take()).toEqual(['sqs', 'q', Buffer.from(payload).toString('base64')]);
  });

  it('on purpose, is done twice', async () => {
    run([queue('q')], {}, always('twice'));
    publish({});
    expect(await done.take()).toEqual(['sqs', 'q', payload]);
    await clock.pass(150);
    expect(await done.take()).toEqual(['sqs', 'q', payload]);
  });

  it('puts an item, each member in a column', async () => {
    run([{ DynamoDBv2: { PutItem: { TableName: 't' } } }]);
    publish({ payload: Buffer.from('{"s":"x","n":1.5,"b":true,"z":null,"l":[1],"m":{"k":"v"}}') });
    expect(await done.take()).toEqual([
      'dynamodb',
      't',
      {
        s: { S: 'x' },
        n: { N: '1.5' },
        b: { BOOL: true },
        z: { NULL: true },
        l: { L: [{ N: '1' }] },
        m: { M: { k: { S: 'v' } } },
      },
    ]);
  });

  it('that is not known is refused at deployment', () => {
    expect(() => run([{ Kinesis: {} }])).toThrow('It: the embedded AWS does not know the rule action Kinesis.');
    expect(() => run([queue('q')], { ErrorAction: { S3: {} } })).toThrow('the rule action S3');
  });
});

it('a rule and its actions are billed for each 5 KB of the message, its error action too', async () => {
  const meter = startMeter();
  targets.meter = meter;
  run([queue('q'), { Lambda: { FunctionArn: 'refused' } }], { ErrorAction: queue('errors') });
  publish({ payload: Buffer.from(JSON.stringify('x'.repeat(6_000)).replace(/(.*)/, '{"a":$1}')) });
  await done.take();
  await done.take();
  expect(meter.totals()).toEqual({ 'IoT rules triggered': 2, 'IoT rule actions': 6 });
});

describe('the error action', () => {
  it('hears once of all that failed; the other actions are not disturbed', async () => {
    const failing = [{ Lambda: { FunctionArn: 'refused' } }, { DynamoDBv2: { PutItem: { TableName: 'refused' } } }];
    run([...failing, queue('q')], { ErrorAction: queue('errors') });
    publish({ clientId: 'c' });
    expect(await done.take()).toEqual(['sqs', 'q', payload]);
    const [, to, text] = await done.take();
    expect(to).toBe('errors');
    expect(JSON.parse(String(text))).toEqual({
      ruleName: 'in_rule',
      topic: 'CP1/in',
      clientId: 'c',
      base64OriginalPayload: Buffer.from(payload).toString('base64'),
      failures: [
        { failedAction: 'LambdaAction', failedResource: 'refused', errorMessage: 'lambda refuses' },
        { failedAction: 'DynamoDBv2Action', failedResource: 'refused', errorMessage: 'dynamodb refuses' },
      ],
    });
  });

  it('does not hear of what the SQL cannot read', async () => {
    run([queue('q')], { ErrorAction: queue('errors') });
    publish({ payload: Buffer.from('no JSON') });
    publish({});
    expect(await done.take()).toEqual(['sqs', 'q', payload]);
    expect(await errors.take()).toContain("RuleError: The payload on CP1/in can't be read as JSON");
    expect(errors.size).toBe(0);
  });

  it('that fails too is told', async () => {
    run([queue('refused')], { ErrorAction: queue('refused too') });
    publish({});
    expect(await errors.take()).toContain('sqs refuses');
    expect(await errors.take()).toBe('rule It on CP1/in: Error: sqs refuses');
  });
});

it('other topics, a disabled rule and an ended one do nothing', async () => {
  const stop = run([queue('q')]);
  publish({ topic: 'CP2/in' });
  stop();
  publish({});
  publish = () => {};
  run([queue('q')], { RuleDisabled: true });
  publish({});
  run([queue('last')]);
  publish({});
  expect(await done.take()).toEqual(['sqs', 'last', payload]);
});

it('another SQL version is refused', () => {
  expect(() => run([], { AwsIotSqlVersion: '2015-10-08' })).toThrow(
    'It: the embedded AWS knows SQL version 2016-03-23',
  );
});
