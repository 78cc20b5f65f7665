import * as z from 'zod';
import { protocols } from './protocol.js';

/** Header names arrive in any case. */
const headers = z
  .record(z.string(), z.string())
  .nullish()
  .transform((all) =>
    Object.fromEntries(Object.entries(all ?? {}).map(([name, value]) => [name.toLowerCase(), value])),
  );

/** What `identify` found out, riding on every event of the connection. Without a common subprotocol there is no `protocol`. */
export const identity = z.object({
  chargePointId: z.string().min(1),
  protocol: z.enum(protocols).optional(),
});
export type Identity = z.infer<typeof identity>;

const requestContext = z.object({
  connectionId: z.string(),
  /** Milliseconds since 1970. */
  connectedAt: z.number(),
  authorizer: identity,
});

export const authorizerEvent = z.object({
  methodArn: z.string(),
  headers,
  queryStringParameters: z.object({ chargePointId: z.string().optional() }).nullish(),
});
export const connectEvent = z.object({ requestContext, headers });
/** An empty frame may come without a body. */
export const messageEvent = z.object({ requestContext, body: z.string().default('') });
export const disconnectEvent = z.object({
  requestContext: requestContext.extend({
    disconnectStatusCode: z.number().optional(),
    disconnectReason: z.string().optional(),
  }),
});
