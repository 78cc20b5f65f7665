import * as z from 'zod/mini';
import { readChargePoint } from '../known.js';
import { operation } from '../operation.js';
import { chargePointId, nothing } from '../params.js';

const openLive = operation({
  id: 'openLive',
  method: 'GET',
  path: '/live',
  summary:
    'A URL for listening over MQTT and a WebSocket: to events, from role operator on to frames too. It is good for five minutes and one client',
  role: 'viewer',
  params: nothing,
  query: z.strictObject({ chargePointId: z.optional(chargePointId) }),
  answers: {
    200: {
      description: 'Connect to url as clientId, subscribe to topics',
      schema: z.object({
        url: z.string(),
        clientId: z.string(),
        topics: z.array(z.string()),
        expiresAt: z.string(),
      }),
    },
  },
  example: { query: { chargePointId: 'CP1' }, status: 200 },
  async handle({ query, caller }, ports) {
    if (query.chargePointId !== undefined) await readChargePoint(query.chargePointId, ports);
    // Frames may carry passwords, on their way to a charge point.
    return { status: 200, body: await ports.live.open({ ...query, withFrames: caller.role !== 'viewer' }) };
  },
});

export const liveOperations = [openLive];
