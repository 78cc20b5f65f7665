import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { see } from './see.js';

const sqs = new SQSClient({});

/**
 * Hears of every message in the stack's queues, each for itself. Those that say so fail in the queue that repeats, or are
 * sent to it again so many times.
 */
export async function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  for (const record of Records) {
    await see(record);
    const [, again = 0] = /"again":(\d+)/.exec(record.body) ?? [];
    if (Number(again) > 0) await send(record.body.replace(/"again":\d+/, `"again":${Number(again) - 1}`));
  }
  const failed = Records.filter(
    ({ body, eventSourceARN }) => eventSourceARN === process.env.REPEATING_QUEUE && body.includes('"fails":true'),
  );
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

const send = (MessageBody: string) =>
  sqs.send(new SendMessageCommand({ QueueUrl: process.env.REPEATING_QUEUE_URL, MessageBody }));
