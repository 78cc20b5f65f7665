import { GetQueueAttributesCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { holds, refusal, same } from './expect.js';
import type { Seen } from './functions/see.js';
import { mark } from './mark.js';
import type { Probe } from './probe.js';
import type { Stage } from './stage.js';

const quotas = 'Amazon SQS message quotas';

/** SQS, and its event source mapping. */
export const sqs: Probe[] = [
  {
    id: 'sqs-record',
    says: 'A function is told the messages of its queue as `Records`, each with its id, its body and how often it was received.',
    restsOn: 'documented',
    source: 'Lambda: Using Lambda with Amazon SQS',
    imitatedIn: ['sqs.ts', 'lambda/event-source.ts'],
    ifWrong: '`timers` refuses every event.',
    async check(stage) {
      const body = JSON.stringify({ mark: mark(), text: 'ü' });
      await send(stage, body);
      const { event } = await received(stage, body);
      same('eventSource', event.eventSource, 'aws:sqs');
      same('ApproximateReceiveCount', event.attributes.ApproximateReceiveCount, '1');
      holds('SentTimestamp is text', /^\d{13}$/.test(event.attributes.SentTimestamp), event.attributes);
      for (const name of ['messageId', 'receiptHandle', 'md5OfBody', 'eventSourceARN', 'awsRegion']) {
        holds(`${name} is text`, typeof event[name] === 'string', event[name]);
      }
    },
  },
  {
    id: 'sqs-delay',
    says: 'A message that is delayed is received when its delay is over, within a few seconds.',
    restsOn: 'documented',
    source: 'Amazon SQS message timers; how soon is assumed',
    imitatedIn: ['sqs.ts'],
    ifWrong: 'Connections become current, and replaced ones close, later.',
    async check(stage) {
      const body = mark();
      await send(stage, body, 3);
      await stage.elapse(3_000);
      const { at, event } = await received(stage, body);
      const waited = at - Number(event.attributes.SentTimestamp);
      holds('received 3 to 6 s after it was sent', waited >= 2_900 && waited < 6_000, waited);
    },
  },
  {
    id: 'sqs-delay-limit',
    says: 'A message may be delayed by 900 s, no more.',
    restsOn: 'documented',
    source: quotas,
    imitatedIn: ['sqs.ts'],
    ifWrong: 'Timers come early and are sent again.',
    async check(stage) {
      for (const delay of [901, -1]) {
        const { name, status } = await refusal(`a delay of ${delay} s`, send(stage, 'never', delay));
        same('status', status, 400);
        holds('the error is of a parameter', /InvalidParameter/.test(name), name);
      }
    },
  },
  {
    id: 'sqs-size',
    says: 'A message has 1 byte to 1 MiB.',
    restsOn: 'documented',
    source: quotas,
    imitatedIn: ['sqs.ts'],
    ifWrong: 'No effect: ours are far smaller.',
    async check(stage) {
      for (const body of ['', 'x'.repeat(1024 * 1024 + 1)]) {
        same('status', (await refusal(`${body.length} bytes`, send(stage, body))).status, 400);
      }
    },
  },
  {
    id: 'sqs-unknown-queue',
    says: 'A queue that is not there is `QueueDoesNotExist`.',
    restsOn: 'documented',
    source: 'Amazon SQS API reference: SendMessage',
    imitatedIn: ['sqs.ts'],
    ifWrong: 'No effect: the URL is made by the template.',
    async check({ sqs, ref }) {
      const QueueUrl = `${ref('RepeatingQueue')}-of-nobody`;
      const { name, status } = await refusal('it', sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' })));
      same('status', status, 400);
      holds('the error says so', /QueueDoesNotExist|NonExistentQueue/.test(name), name);
    },
  },
  {
    id: 'sqs-depth',
    says: 'How many messages wait in a queue is told, as a text, and those that are delayed are not among them.',
    restsOn: 'documented',
    source: 'Amazon SQS API reference: GetQueueAttributes',
    imitatedIn: ['sqs.ts'],
    ifWrong: '`GET /stage` says nothing, or something else, of failures that nobody has looked at.',
    async check(stage) {
      const body = mark();
      await send(stage, body, 2);
      const asked = { QueueUrl: stage.ref('RepeatingQueue'), AttributeNames: ['ApproximateNumberOfMessages' as const] };
      const { Attributes = {} } = await stage.sqs.send(new GetQueueAttributesCommand(asked));
      same('attributes', Object.keys(Attributes).join(), 'ApproximateNumberOfMessages');
      holds('it is a number as text', /^\d+$/.test(Attributes.ApproximateNumberOfMessages ?? ''), Attributes);
      await stage.elapse(2_000);
      await received(stage, body);
    },
  },
  {
    id: 'sqs-redrive',
    says: 'What a function names in `batchItemFailures` comes again after the visibility time-out; when it was received for the last time, and that is over, the dead letters have it.',
    restsOn: 'documented',
    source: 'Lambda: Handling errors for an SQS event source in Lambda; Amazon SQS: Using dead-letter queues',
    imitatedIn: ['sqs.ts', 'lambda/event-source.ts'],
    ifWrong: 'A timer that fails is repeated more or less often.',
    async check(stage) {
      const body = JSON.stringify({ mark: mark(), fails: true });
      await send(stage, body);
      const of = (queue: string, count: string) =>
        stage.seen(
          `receipt ${count} from ${queue}`,
          ({ event }) =>
            event.body === body &&
            event.eventSourceARN.endsWith(arnEnd(stage, queue)) &&
            event.attributes.ApproximateReceiveCount === count,
        );
      const first = await of('RepeatingQueue', '1');
      await stage.elapse(5_000);
      const second = await of('RepeatingQueue', '2');
      holds('5 s later', second.at - first.at > 4_500, second.at - first.at);
      await stage.elapse(5_000);
      const dead = await stage.seen(
        'the dead letter',
        ({ event }) => event.body === body && event.eventSourceARN.endsWith(arnEnd(stage, 'DeadLetterQueue')),
      );
      holds('5 s later still', dead.at - second.at > 4_500, dead.at - second.at);
      const all = stage.allSeen(({ event }) => event.body === body);
      same('receipts', all.length, 3);
    },
  },
  {
    id: 'sqs-recursion',
    says: 'Lambda counts how often a message leads back to the function that sent it, and keeps a batch from it after sixteen rounds, unless its `RecursiveLoop` is `Allow`.',
    restsOn: 'documented',
    source:
      'Lambda: Use Lambda recursive loop detection to prevent infinite loops; that `AWSTraceHeader` shows the count was observed, and which count of a batch goes on is assumed. Only what is allowed is tried: of what is stopped the owner of the account is told by mail',
    imitatedIn: ['lambda/lineage.ts', 'lambda/lambda.ts', 'lambda/event-source.ts', 'sqs.ts'],
    ifWrong: 'A task of more than 800 charge points, and others in its batches, end among the dead letters.',
    async check(stage) {
      const chain = mark();
      const body = (again: number) => JSON.stringify({ mark: chain, again });
      await send(stage, body(20));
      const { event } = await received(stage, body(19));
      holds('it has a lineage', /;Lineage=.*\d/.test(event.attributes.AWSTraceHeader), event.attributes);
      await received(stage, body(0));
    },
  },
  {
    id: 'sqs-at-least-once',
    says: 'A message comes at least once, in no order.',
    restsOn: 'documented',
    source: 'Amazon SQS standard queues',
    imitatedIn: [],
    ifWrong: 'No effect: a timer that comes twice changes nothing the second time.',
    notProbed: 'that nothing came twice would prove nothing',
  },
  {
    id: 'sqs-visibility',
    says: "The visibility time-out should be six times the function's.",
    restsOn: 'documented',
    source: 'Lambda: Configuring a queue to use with Lambda',
    imitatedIn: [],
    ifWrong: 'Timers are told twice.',
    notProbed: "advice; the template's tests hold it",
  },
];

function send({ sqs, ref }: Stage, MessageBody: string, DelaySeconds?: number): Promise<unknown> {
  const QueueUrl = ref('RepeatingQueue');
  return sqs.send(
    new SendMessageCommand({ QueueUrl, MessageBody, ...(DelaySeconds !== undefined && { DelaySeconds }) }),
  );
}

function received({ seen }: Stage, body: string): Promise<Seen> {
  return seen('the message', ({ function: name, event }) => name === 'records' && event.body === body);
}

/** A queue's ARN ends with its name, and so does its URL. */
function arnEnd({ ref }: Stage, logicalId: string): string {
  return `:${ref(logicalId).split('/').pop()}`;
}
