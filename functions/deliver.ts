import middy from '@middy/core';
import { dynamoAnswers } from '../aws/answers.js';
import { deliver, refusalOf } from '../csms/deliver.js';
import { frameWithoutSecrets } from '../csms/without-secrets.js';
import { ruleMessage } from '../schemas/rule-message.js';
import { commandPorts } from './command-ports.js';
import { readEnvironment } from './environment.js';
import { logWarning } from './log.js';
import { parsed } from './middleware/parsed.js';

const env = readEnvironment('ANSWERED_ELSEWHERE', 'COMMANDS_TABLE');
const queue = commandPorts();
const ports = {
  ...queue,
  answers: dynamoAnswers(env.COMMANDS_TABLE, queue.clock),
  stage: { ...queue.stage, answeredElsewhere: env.ANSWERED_ELSEWHERE },
};

/** The rule on `{id}/out`: takes the frame down to its charge point. */
export const handler = middy()
  .use(parsed(ruleMessage))
  .handler(async ({ chargePointId, frame, publishedAt, connectionId, receivedAt, contested }) => {
    const isContested = contested === 'true';
    const about = { chargePointId, text: frame, publishedAt, connectionId, receivedAt, isContested };
    const delivery = await deliver(about, ports);
    const code = refusalOf(delivery);
    // What became of a CALL is told by its event.
    if (!code || code === delivery) return;
    // What was held back for the case that nobody answers is not missed.
    if (delivery === 'answered already' && isContested) return;
    logWarning(`frame not delivered: ${delivery}`, {
      code,
      chargePointId,
      connectionId,
      frame: frameWithoutSecrets(frame),
    });
  });
