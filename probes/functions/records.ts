import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { see } from './see.js';

/** Hears of every message in the stack's queues, each for itself. Those that say so fail in the queue that repeats. */
export async function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  for (const record of Records) await see(record);
  const failed = Records.filter(
    ({ body, eventSourceARN }) => eventSourceARN === process.env.REPEATING_QUEUE && body.includes('"fails":true'),
  );
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}
