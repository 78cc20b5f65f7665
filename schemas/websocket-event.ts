import * as z from 'zod/mini';
import { protocols } from './protocol.js';

/** Header names arrive in any case. */
const headers = z.pipe(
  z.nullish(z.record(z.string(), z.string())),
  z.transform((all) =>
    Object.fromEntries(Object.entries(all ?? {}).map(([name, value]) => [name.toLowerCase(), value])),
  ),
);

/** What `identify` found out, riding on every event of the connection. Without a common subprotocol there is no `protocol`. */
export const identity = z.object({
  chargePointId: z.string().check(z.minLength(1)),
  protocol: z.optional(z.enum(protocols)),
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
  queryStringParameters: z.nullish(z.object({ chargePointId: z.optional(z.string()) })),
});
export const connectEvent = z.object({ requestContext, headers });
export type ConnectEvent = z.infer<typeof connectEvent>;
/** An empty frame may come without a body. */
export const messageEvent = z.object({ requestContext, body: z._default(z.string(), '') });
export const disconnectEvent = z.object({
  requestContext: z.extend(requestContext, {
    /** Milliseconds since 1970. */
    requestTimeEpoch: z.number(),
    disconnectStatusCode: z.optional(z.number()),
    disconnectReason: z.optional(z.string()),
  }),
});
