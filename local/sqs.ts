import { createHash, randomUUID } from 'node:crypto';
import { arnOf, type Region } from './arn.js';
import type { Clock } from './clock.js';
import { deliver, type Faults } from './faults.js';
import { type Meter, steps } from './meter.js';
import { jsonBody, refuseUnknown } from './request.js';
import { AwsError, type Handler, notImplemented } from './service.js';
import type { Deployed } from './template/stack-resources.js';

interface Message {
  id: string;
  body: string;
  sentAt: number;
  received: number;
  /** The trace header that it was sent with. */
  trace: string | undefined;
}

/** Takes a batch of messages; returns the ids of those that are to be told again. Never rejects. */
export type Consumer = (records: QueueRecord[]) => Promise<string[]>;

/** A message as an event source mapping tells it. */
export interface QueueRecord extends Record<string, unknown> {
  messageId: string;
  body: string;
  attributes: { AWSTraceHeader?: string } & Record<string, string>;
}

export interface Sqs extends Handler {
  /** @returns what deletes it again */
  createQueue(queue: Deployed): () => void;
  /** Sends to a queue by its ARN or URL, as rules and failure destinations do. */
  send(queue: string, body: string): void;
  /** Delivers the queue's messages to a function, as an event source mapping does. */
  consume(queueArn: string, batchSize: number, consumer: Consumer): void;
  /** The bodies of what waits in a queue. */
  waiting(queueArn: string): string[];
  close(): void;
}

interface Queue {
  arn: string;
  visibilityTimeout: number;
  redrive: { deadLetterTargetArn: string; maxReceiveCount: number } | undefined;
  visible: Message[];
  wake: () => void;
}

/** A request is billed for each 64 KB of it. */
const requestStep = 64 * 1024;
const longestDelay = 900;
const largestMessage = 1024 * 1024;

/** SQS with delays, visibility time-outs, redrive and partial batch failures. Standard queues: no order is promised. */
export function startSqs(options: { clock: Clock; meter: Meter; faults: Faults } & Region): Sqs {
  const { clock, meter, region } = options;
  /** By ARN and by URL. */
  const queues = new Map<string, Queue>();
  let isOpen = true;

  function queueOf(name: string): Queue {
    const queue = queues.get(name);
    if (!queue) throw new AwsError('QueueDoesNotExist', `There is no queue ${name}.`);
    return queue;
  }

  function show(queue: Queue, message: Message, delaySeconds: number): void {
    const appear = () => {
      const { redrive } = queue;
      if (redrive && message.received >= redrive.maxReceiveCount) {
        return show(queueOf(redrive.deadLetterTargetArn), { ...message, received: 0 }, 0);
      }
      queue.visible.push(message);
      queue.wake();
    };
    if (delaySeconds === 0) appear();
    else clock.after(delaySeconds * 1000, appear);
  }

  function enqueue(queue: Queue, body: string, delaySeconds: number, trace?: string): Message {
    meter.count('SQS requests', steps(Buffer.byteLength(body), requestStep));
    const message = { id: randomUUID(), body, sentAt: clock.now(), received: 0, trace };
    deliver(options, queue.arn.split(':').pop() ?? '', body, () => show(queue, { ...message }, delaySeconds));
    return message;
  }

  /** How many messages wait to be received: those that are delayed, or being dealt with, are not among them. */
  function attributesOf(input: Record<string, unknown>): object {
    refuseUnknown('sqs:GetQueueAttributes with', input, ['QueueUrl', 'AttributeNames']);
    meter.count('SQS requests', 1);
    const { visible } = queueOf(String(input.QueueUrl));
    const names = (input.AttributeNames ?? []) as string[];
    const other = names.find((name) => name !== 'ApproximateNumberOfMessages');
    if (other !== undefined) throw notImplemented(`sqs:GetQueueAttributes of ${other}`);
    const Attributes = Object.fromEntries(names.map((name) => [name, String(visible.length)]));
    return { Attributes };
  }

  function record({ id, body, sentAt, received, trace }: Message, { arn }: Queue): QueueRecord {
    return {
      messageId: id,
      receiptHandle: randomUUID(),
      body,
      attributes: {
        ApproximateReceiveCount: String(received),
        SentTimestamp: String(sentAt),
        ...(trace && { AWSTraceHeader: trace }),
      },
      messageAttributes: {},
      md5OfBody: md5(body),
      eventSource: 'aws:sqs',
      eventSourceARN: arn,
      awsRegion: region,
    };
  }

  async function tell(queue: Queue, batch: Message[], consumer: Consumer): Promise<void> {
    for (const message of batch) message.received++;
    // Received once, deleted once.
    meter.count('SQS requests', 2);
    const failed = new Set(await consumer(batch.map((message) => record(message, queue))));
    // Found again, or found to be one for the dead letters, only when their visibility time-out is over.
    for (const message of batch.filter(({ id }) => failed.has(id))) show(queue, message, queue.visibilityTimeout);
  }

  function sendMessage(input: Record<string, unknown>, trace?: string): object {
    refuseUnknown('sqs:SendMessage with', input, ['QueueUrl', 'MessageBody', 'DelaySeconds']);
    const { QueueUrl, MessageBody, DelaySeconds = 0 } = input;
    const queue = queueOf(String(QueueUrl));
    if (typeof DelaySeconds !== 'number' || !(DelaySeconds >= 0 && DelaySeconds <= longestDelay)) {
      const message = `Value ${DelaySeconds} for parameter DelaySeconds is invalid: must be >= 0 and <= ${longestDelay}.`;
      throw new AwsError('InvalidParameterValue', message);
    }
    if (typeof MessageBody !== 'string' || !MessageBody || Buffer.byteLength(MessageBody) > largestMessage) {
      throw new AwsError('InvalidParameterValue', 'The message body must be 1 byte to 1 MiB.');
    }
    const { id } = enqueue(queue, MessageBody, DelaySeconds, trace);
    return { MessageId: id, MD5OfMessageBody: md5(MessageBody) };
  }

  return {
    createQueue({ ref, attributes, properties }) {
      const arn = attributes.Arn as string;
      const queue: Queue = {
        arn,
        visibilityTimeout: (properties.VisibilityTimeout as number | undefined) ?? 30,
        redrive: properties.RedrivePolicy as Queue['redrive'],
        visible: [],
        wake: () => {},
      };
      queues.set(arn, queue);
      queues.set(ref, queue);
      return () => {
        queue.wake = () => {};
        queues.delete(arn);
        queues.delete(ref);
      };
    },

    send(queue, body) {
      enqueue(queueOf(queue), body, 0);
    },

    consume(queueArn, batchSize, consumer) {
      const queue = queueOf(queueArn);
      if (queue.redrive) queueOf(queue.redrive.deadLetterTargetArn);
      queue.wake = () => {
        // Messages that became visible in the same turn come in one batch.
        queueMicrotask(() => {
          while (isOpen && queue.visible.length > 0) void tell(queue, queue.visible.splice(0, batchSize), consumer);
        });
      };
      queue.wake();
    },

    waiting: (queueArn) => queueOf(queueArn).visible.map(({ body }) => body),

    read(request) {
      const operation = request.headers['x-amz-target']?.replace('AmazonSQS.', '');
      const input = jsonBody(request);
      const name = String(input.QueueUrl).split('/').pop() ?? '';
      const operations: Record<string, (input: Record<string, unknown>) => object> = {
        SendMessage: (sent) => sendMessage(sent, request.headers['x-amzn-trace-id']),
        GetQueueAttributes: attributesOf,
      };
      const perform = operations[String(operation)];
      if (!perform) throw notImplemented(`sqs:${operation}`);
      return {
        needs: { action: `sqs:${operation}`, resource: arnOf(options, 'sqs', name) },
        answer: () => ({ status: 200, body: perform(input) }),
      };
    },

    close() {
      isOpen = false;
    },
  };
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
