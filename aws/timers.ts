import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Clock } from '../csms/clock.js';
import type { Timers } from '../csms/timers.js';
import { clientOptions } from './clients.js';

const sqs = new SQSClient(clientOptions);

/** SQS delays a message by 15 minutes at most; the timer says when it is really due. */
const longestDelay = 900;

export function queuedTimers(QueueUrl: string, clock: Clock): Timers {
  return {
    async send(timer) {
      const seconds = Math.ceil((timer.due - clock.now().getTime()) / 1000);
      const DelaySeconds = Math.min(Math.max(seconds, 0), longestDelay);
      await sqs.send(new SendMessageCommand({ QueueUrl, DelaySeconds, MessageBody: JSON.stringify(timer) }));
    },
  };
}
