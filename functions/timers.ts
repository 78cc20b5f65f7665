import middy from '@middy/core';
import * as z from 'zod';
import { dynamoChargePoints } from '../aws/charge-points.js';
import { clock } from '../aws/clock.js';
import { dynamoConnections } from '../aws/connections.js';
import { gatewaySockets } from '../aws/sockets.js';
import { queuedTimers } from '../aws/timers.js';
import { iotEvents } from '../aws/topics.js';
import { actOn } from '../csms/timers.js';
import { timer } from '../schemas/timer.js';
import { readEnvironment } from './environment.js';
import { logError } from './log.js';
import { parsed } from './middleware/parsed.js';

const env = readEnvironment('CHARGE_POINTS_TABLE', 'CONNECTIONS_TABLE', 'NAMESPACE', 'TIMERS_QUEUE_URL');
const ports = {
  chargePoints: dynamoChargePoints(env.CHARGE_POINTS_TABLE),
  connections: dynamoConnections(env.CONNECTIONS_TABLE),
  sockets: gatewaySockets,
  timers: queuedTimers(env.TIMERS_QUEUE_URL, clock),
  events: iotEvents(env.NAMESPACE, clock),
  clock,
};

const sqsEvent = z.object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) });

/** The timers' queue: what fails is told again, each timer for itself. */
export const handler = middy()
  .use(parsed(sqsEvent))
  .handler(async ({ Records }) => {
    const failed = await Promise.all(
      Records.map(async ({ messageId, body }) => {
        try {
          await actOn(timer.parse(JSON.parse(body)), ports);
          return [];
        } catch (error) {
          logError('timer failed', { timer: body }, error);
          return [{ itemIdentifier: messageId }];
        }
      }),
    );
    return { batchItemFailures: failed.flat() };
  });
