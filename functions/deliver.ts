import middy from '@middy/core';
import { deliver } from '../csms/deliver.js';
import { ruleMessage } from '../schemas/rule-message.js';
import { commandPorts } from './command-ports.js';
import { logWarning } from './log.js';
import { parsed } from './middleware/parsed.js';

const ports = commandPorts();

/** The rule on `{id}/out`: takes the frame down to its charge point. */
export const handler = middy()
  .use(parsed(ruleMessage))
  .handler(async ({ chargePointId, frame, connectionId, receivedAt }) => {
    const delivery = await deliver({ chargePointId, text: frame, connectionId, receivedAt }, ports);
    if (delivery === 'delivered' || delivery === 'queued') return;
    logWarning(`frame not delivered: ${delivery}`, { chargePointId, connectionId, frame });
  });
