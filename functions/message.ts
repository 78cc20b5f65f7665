import middy from '@middy/core';
import { clock } from '../aws/clock.js';
import { gatewaySockets } from '../aws/sockets.js';
import { queuedTimers } from '../aws/timers.js';
import { iotEvents, iotFrameTopics } from '../aws/topics.js';
import { coarsely } from '../csms/history/coarse.js';
import type { History } from '../csms/history/ports.js';
import { receive } from '../csms/receive.js';
import { messageEvent } from '../schemas/websocket-event.js';
import { readEnvironment } from './environment.js';
import { logError, logWarning } from './log.js';
import { parsed } from './middleware/parsed.js';

const env = readEnvironment('HISTORY_TABLE', 'NAMESPACE', 'TIMERS_QUEUE_URL');
/** Loaded when it is needed, which is hardly ever: each cold start would pay for DynamoDB's client. */
const history: History = {
  async add(entry) {
    const { dynamoHistory } = await import('../aws/history.js');
    await dynamoHistory(env.HISTORY_TABLE, clock).add(entry);
  },
};
const ports = {
  topics: iotFrameTopics(env.NAMESPACE),
  sockets: gatewaySockets,
  timers: queuedTimers(env.TIMERS_QUEUE_URL, clock),
  history: coarsely(history, clock),
  events: iotEvents(env.NAMESPACE, clock),
  clock,
};

/** `$default`. It never throws: API Gateway would put a frame on the socket that is not OCPP. */
export const handler = middy()
  .use({
    onError: (request) => {
      const code = 'message-not-handled';
      logError('message failed', { code, connectionId: request.event?.requestContext?.connectionId }, request.error);
      request.response = { statusCode: 200 };
    },
  })
  .use(parsed(messageEvent))
  .handler(async ({ body, requestContext: { connectionId, connectedAt, authorizer } }) => {
    const { chargePointId, protocol } = authorizer;
    // Without a common subprotocol the connection is about to be closed: nothing that it says can be understood.
    if (!protocol) return { statusCode: 200 };
    const why = await receive({ chargePointId, connectionId, protocol, connectedAt, text: body }, ports);
    const about = { code: 'not-a-frame', chargePointId, connectionId, protocol };
    if (why) logWarning(`message ${why}`, { ...about, text: body.slice(0, 1000) });
    return { statusCode: 200 };
  });
