import middy from '@middy/core';
import { clock } from '../aws/clock.js';
import { dynamoConnections } from '../aws/connections.js';
import { dynamoHistory } from '../aws/history.js';
import { queuedTimers } from '../aws/timers.js';
import { iotEvents } from '../aws/topics.js';
import { disconnected } from '../csms/connections/close.js';
import { disconnectEvent } from '../schemas/websocket-event.js';
import { readEnvironment } from './environment.js';
import { parsed } from './middleware/parsed.js';

const env = readEnvironment('CONNECTIONS_TABLE', 'HISTORY_TABLE', 'NAMESPACE', 'TIMERS_QUEUE_URL');
const ports = {
  connections: dynamoConnections(env.CONNECTIONS_TABLE),
  timers: queuedTimers(env.TIMERS_QUEUE_URL, clock),
  history: dynamoHistory(env.HISTORY_TABLE, clock),
  events: iotEvents(env.NAMESPACE, clock),
  clock,
};

/** `$disconnect`, which API Gateway sends as well as it can: it may come late, or never. */
export const handler = middy()
  .use(parsed(disconnectEvent))
  .handler(async ({ requestContext }) => {
    const { connectionId, authorizer, requestTimeEpoch, disconnectStatusCode, disconnectReason } = requestContext;
    await disconnected(
      {
        chargePointId: authorizer.chargePointId,
        connectionId,
        at: new Date(requestTimeEpoch),
        ...(disconnectStatusCode && { code: disconnectStatusCode }),
        reason: disconnectReason || `closed with ${disconnectStatusCode ?? 'no code'}`,
      },
      ports,
    );
    return { statusCode: 200 };
  });
