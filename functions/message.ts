import middy from '@middy/core';
import { clock } from '../aws/clock.js';
import { gatewaySockets } from '../aws/sockets.js';
import { queuedTimers } from '../aws/timers.js';
import { iotFrameTopics } from '../aws/topics.js';
import { receive } from '../csms/receive.js';
import { messageEvent } from '../schemas/websocket-event.js';
import { readEnvironment } from './environment.js';
import { logError, logWarning } from './log.js';
import { parsed } from './middleware/parsed.js';

const env = readEnvironment('NAMESPACE', 'TIMERS_QUEUE_URL');
const ports = {
  topics: iotFrameTopics(env.NAMESPACE),
  sockets: gatewaySockets,
  timers: queuedTimers(env.TIMERS_QUEUE_URL, clock),
  clock,
};

/** `$default`. It never throws: API Gateway would put a frame on the socket that is not OCPP. */
export const handler = middy()
  .use({
    onError: (request) => {
      logError('message failed', { connectionId: request.event?.requestContext?.connectionId }, request.error);
      request.response = { statusCode: 200 };
    },
  })
  .use(parsed(messageEvent))
  .handler(async ({ body, requestContext: { connectionId, connectedAt, authorizer } }) => {
    const { chargePointId, protocol } = authorizer;
    // Without a common subprotocol the connection is about to be closed: nothing that it says can be understood.
    if (!protocol) return { statusCode: 200 };
    const why = await receive({ chargePointId, connectionId, protocol, connectedAt, text: body }, ports);
    if (why) logWarning(`message ${why}`, { chargePointId, connectionId, protocol, text: body.slice(0, 1000) });
    return { statusCode: 200 };
  });
