import { beforeEach, describe, expect, it } from 'vitest';
import { Mailbox } from '../charge-point/testing.js';
import { always, deployed, ManualClock } from '../test/local/testing.js';
import { type Faults, noFaults } from './faults.js';
import { startMeter } from './meter.js';
import type { AwsRequest } from './service.js';
import { type QueueRecord, type Sqs, startSqs } from './sqs.js';

let clock: ManualClock;
let faults: Faults;
let sqs: Sqs;
let batches: Mailbox<QueueRecord[]>;

beforeEach(() => {
  clock = new ManualClock();
  faults = noFaults;
  const struck: Faults = { ...noFaults, strike: (...of) => faults.strike(...of) };
  sqs = startSqs({ clock, meter: startMeter(), faults: struck, accountId: '0', region: 'us-east-1' });
  batches = new Mailbox();
  sqs.createQueue(deployed({}, { ref: 'http://dead', attributes: { Arn: 'arn:dead' } }));
  const RedrivePolicy = { deadLetterTargetArn: 'arn:dead', maxReceiveCount: 2 };
  sqs.createQueue(
    deployed({ VisibilityTimeout: 60, RedrivePolicy }, { ref: 'http://queue', attributes: { Arn: 'arn:queue' } }),
  );
});

/** Takes every batch, and fails the messages with these bodies. */
function consume(failing: string[] = [], batchSize = 10) {
  sqs.consume('arn:queue', batchSize, async (records) => {
    batches.put(records);
    return records.filter(({ body }) => failing.includes(body)).map(({ messageId }) => messageId);
  });
}

const bodies = async () => (await batches.take()).map(({ body }) => body);

async function request(operation: string, input: object, headers: Record<string, string> = {}) {
  const request: AwsRequest = {
    method: 'POST',
    path: '/',
    query: new URLSearchParams(),
    headers: { 'x-amz-target': `AmazonSQS.${operation}`, ...headers },
    body: Buffer.from(JSON.stringify(input)),
    caller: 'user',
    authorize: () => {},
  };
  return sqs.read(request).answer();
}
const send = (MessageBody: unknown, more: object = {}) =>
  request('SendMessage', { QueueUrl: 'http://queue', MessageBody, ...more });

it('what is sent is delivered, as one batch when it came at once', async () => {
  consume();
  sqs.send('arn:queue', 'a');
  sqs.send('http://queue', 'b');
  expect(await batches.take()).toMatchObject([
    {
      body: 'a',
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:queue',
      attributes: { ApproximateReceiveCount: '1', SentTimestamp: String(clock.now()) },
    },
    { body: 'b' },
  ]);
});

it('no batch is larger than asked for', async () => {
  for (const body of ['a', 'b', 'c']) sqs.send('arn:queue', body);
  consume([], 2);
  expect(await bodies()).toEqual(['a', 'b']);
  expect(await bodies()).toEqual(['c']);
});

it('a delayed message is not seen before', async () => {
  consume();
  await send('later', { DelaySeconds: 900 });
  await send('now');
  expect(await bodies()).toEqual(['now']);
  await clock.pass(900_000);
  expect(await bodies()).toEqual(['later']);
});

it('only what failed of a batch is told again, after the visibility time-out, then is a dead letter', async () => {
  consume(['bad']);
  sqs.send('arn:queue', 'good');
  sqs.send('arn:queue', 'bad');
  expect(await bodies()).toEqual(['good', 'bad']);
  await clock.pass(60_000);
  expect(await batches.take()).toMatchObject([{ body: 'bad', attributes: { ApproximateReceiveCount: '2' } }]);
  expect(sqs.waiting('arn:dead')).toEqual([]);

  const dead = new Mailbox<QueueRecord[]>();
  sqs.consume('arn:dead', 10, async (records) => {
    dead.put(records);
    return [];
  });
  await clock.pass(60_000);
  expect(await dead.take()).toMatchObject([{ body: 'bad' }]);
  expect(batches.size).toBe(0);
});

it('on purpose, a message comes twice or late', async () => {
  consume();
  faults = always('twice');
  await send('twice');
  expect(await bodies()).toEqual(['twice']);
  await clock.pass(150);
  expect(await bodies()).toEqual(['twice']);

  faults = always('late');
  await send('late');
  faults = noFaults;
  await send('later sent');
  expect(await bodies()).toEqual(['later sent']);
  await clock.pass(150);
  expect(await bodies()).toEqual(['late']);
});

it('a message keeps the trace header that it was sent with', async () => {
  consume();
  await request('SendMessage', { QueueUrl: 'http://queue', MessageBody: 'a' }, { 'x-amzn-trace-id': 'Root=1-2-3' });
  expect(await batches.take()).toMatchObject([{ attributes: { AWSTraceHeader: 'Root=1-2-3' } }]);
});

it('a queue without a consumer keeps what it got', async () => {
  await send('kept');
  expect(sqs.waiting('arn:queue')).toEqual(['kept']);
});

it('dead letters need a queue', () => {
  const RedrivePolicy = { deadLetterTargetArn: 'arn:absent', maxReceiveCount: 2 };
  sqs.createQueue(deployed({ RedrivePolicy }, { ref: 'x', attributes: { Arn: 'arn:x' } }));
  expect(() => sqs.consume('arn:x', 10, async () => [])).toThrow('There is no queue arn:absent.');
});

it('nothing is delivered after the end', async () => {
  consume();
  sqs.send('arn:queue', 'late');
  await sqs.close();
  expect(sqs.waiting('arn:queue')).toEqual(['late']);
});

describe('SendMessage', () => {
  it('answers with the id, and the digest that the SDK compares', async () => {
    expect(await send('hello')).toEqual({
      status: 200,
      body: { MessageId: expect.any(String), MD5OfMessageBody: '5d41402abc4b2a76b9719d911017c592' },
    });
  });

  it.each([
    ['a delay over 900 s', ['x', { DelaySeconds: 901 }], 'InvalidParameterValue'],
    ['a negative delay', ['x', { DelaySeconds: -1 }], 'InvalidParameterValue'],
    ['a delay that is no number', ['x', { DelaySeconds: '5' }], 'InvalidParameterValue'],
    ['an empty message', ['', {}], 'InvalidParameterValue'],
    ['no message', [undefined, {}], 'InvalidParameterValue'],
    ['more than 1 MiB', ['x'.repeat(1024 * 1024 + 1), {}], 'InvalidParameterValue'],
    ['an unknown queue', ['x', { QueueUrl: 'http://absent' }], 'QueueDoesNotExist'],
    ['what is not known here', ['x', { MessageGroupId: 'g' }], 'NotImplementedException'],
  ] as const)('refuses %s', async (_, [body, more], code) => {
    await expect(send(body, more)).rejects.toMatchObject({ code });
  });

  it('takes 1 MiB and 900 s', async () => {
    expect(await send('x'.repeat(1024 * 1024), { DelaySeconds: 900 })).toMatchObject({ status: 200 });
  });
});

it('another operation is named', async () => {
  await expect(request('PurgeQueue', {})).rejects.toThrow('The embedded AWS does not know sqs:PurgeQueue.');
});
