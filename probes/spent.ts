import { type Meter, type Operation, steps } from '../local/meter.js';
import type { Seen } from './functions/see.js';
import type { Heard } from './stage.js';

/** What an SDK client has middleware for, whichever it is. */
interface Client {
  middlewareStack: {
    add(
      middleware: (next: (args: never) => unknown, context: { commandName?: string }) => never,
      options: { step: 'initialize' },
    ): void;
  };
}

/** What a request of each SDK client is billed as. A publish is counted when it is heard. */
const operations: Record<string, Operation | undefined> = {
  connections: 'API Gateway messages',
  dynamodb: 'DynamoDB write units',
  iot: 'IoT shadow and registry operations',
  iotData: 'IoT shadow and registry operations',
  s3: 'S3 PUT requests',
  sqs: 'SQS requests',
};

/** Counts the requests of SDK clients, by their name. */
export function countRequests(clients: Record<string, Client>, meter: Meter): void {
  for (const [name, { middlewareStack }] of Object.entries(clients)) {
    const counting =
      (next: (args: never) => unknown, { commandName }: { commandName?: string }) =>
      (args: never) => {
        const operation = commandName === 'PublishCommand' ? 'IoT messages' : operations[name];
        if (operation) meter.count(operation);
        return next(args);
      };
    middlewareStack.add(counting as never, { step: 'initialize' });
  }
}

/** Counts a message that was heard. */
export function countMessage({ payload }: Heard, meter: Meter): void {
  meter.count('IoT messages', steps(payload.length, 5 * 1024));
}

/** Counts an invocation: what invoked it, and what it published of it. */
export function countInvocation({ function: name }: Seen, meter: Meter): void {
  meter.count('Lambda requests');
  meter.count('IoT messages');
  if (name === 'message') meter.count('API Gateway messages');
  else if (name === 'records') meter.count('SQS requests', 3);
  else if (!['authorize', 'connect', 'disconnect', 'tick'].includes(name)) {
    meter.count('IoT rules triggered');
    meter.count('IoT rule actions');
  }
}
