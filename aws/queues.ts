import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Queues } from '../csms/queues.js';
import { clientOptions } from './clients.js';

const sqs = new SQSClient(clientOptions);

/** @param urls of queues, by name */
export function sqsQueues(urls: Record<string, string>): Queues {
  async function depthOf(QueueUrl: string): Promise<number> {
    const AttributeNames = ['ApproximateNumberOfMessages' as const];
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
    return Number(Attributes?.ApproximateNumberOfMessages ?? 0);
  }
  return {
    async depths() {
      const found = Object.entries(urls).map(async ([name, url]) => [name, await depthOf(url)] as const);
      return Object.fromEntries(await Promise.all(found));
    },
  };
}
