import type { Context } from 'aws-lambda';
import { see } from './see.js';

/** Tells of itself: its variables, its context, what it runs on. */
export async function handler(event: { probe: string }, context: Context): Promise<void> {
  const { QUEUE_URL, QUEUE_ARN, QUEUE_NAME, TABLE, JOINED, CHOSEN, AWS_REGION } = process.env;
  const { functionName, invokedFunctionArn, awsRequestId } = context;
  await see({
    probe: event.probe,
    variables: { QUEUE_URL, QUEUE_ARN, QUEUE_NAME, TABLE, JOINED, CHOSEN, AWS_REGION },
    context: { functionName, invokedFunctionArn, awsRequestId, remaining: context.getRemainingTimeInMillis() },
    runsOn: { node: process.version, arch: process.arch },
  });
}
