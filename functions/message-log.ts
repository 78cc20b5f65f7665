import { clock } from '../aws/clock.js';
import { dynamoMessages } from '../aws/messages.js';
import type { MessageLog } from '../csms/messages/ports.js';
import { readEnvironment } from './environment.js';
import { logError } from './log.js';

/** The log of messages, which fails for itself alone: nobody is to be told anything again because of it. */
export function messageLog(): MessageLog {
  const { MESSAGE_LOG, MESSAGES_TABLE } = readEnvironment('MESSAGE_LOG', 'MESSAGES_TABLE');
  if (MESSAGE_LOG === 0) return { messages: undefined };
  const messages = dynamoMessages(MESSAGES_TABLE, clock, MESSAGE_LOG);
  const failed = (about: { chargePointId: string; messageId: string }) => (error: unknown) => {
    logError('message could not be logged', { chargePointId: about.chargePointId, messageId: about.messageId }, error);
  };
  return {
    messages: {
      add: (exchange) => messages.add(exchange).catch(failed(exchange)),
      answered: (key, answer) => messages.answered(key, answer).catch(failed(key)),
    },
  };
}
