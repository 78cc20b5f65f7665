import middy from '@middy/core';
import { clock } from '../aws/clock.js';
import { dynamoConnections } from '../aws/connections.js';
import { gatewaySockets } from '../aws/sockets.js';
import { deliver } from '../csms/deliver.js';
import { ruleMessage } from '../schemas/rule-message.js';
import { readEnvironment } from './environment.js';
import { logWarning } from './log.js';
import { parsed } from './middleware/parsed.js';

const env = readEnvironment('CONNECTIONS_TABLE');
const ports = { connections: dynamoConnections(env.CONNECTIONS_TABLE), sockets: gatewaySockets, clock };

/** The rule on `{id}/out`: posts the frame down the charge point's socket. */
export const handler = middy()
  .use(parsed(ruleMessage))
  .handler(async ({ chargePointId, frame, connectionId, receivedAt }) => {
    const delivery = await deliver({ chargePointId, text: frame, connectionId, receivedAt }, ports);
    if (delivery !== 'delivered')
      logWarning(`frame not delivered: ${delivery}`, { chargePointId, connectionId, frame });
  });
