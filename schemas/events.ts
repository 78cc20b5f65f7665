import * as z from 'zod/mini';

/** What every event carries. Events are delivered at least once: the same `id` is the same event. */
const base = {
  id: z.string(),
  time: z.iso.datetime(),
  chargePointId: z.string(),
};

/** The events of the CSMS, by the last level of their topic `{id}/events/{name}`. */
export const events = {
  /** A charge point has a new current connection. `replaced` names the connection it had until then. */
  connected: z.object({ ...base, connectionId: z.string(), protocol: z.string(), replaced: z.optional(z.string()) }),
  /** A charge point has had no connection for a minute. */
  disconnected: z.object({ ...base, since: z.iso.datetime(), reason: z.string() }),
  /** A charge point reconnects whenever a connection of it is closed, so none is closed any more. */
  'connection-flapping': z.object({ ...base, replacements: z.number() }),
  /** A connector reported another state. Times are the charge point's own. */
  'connector-status': z.object({
    ...base,
    evseId: z.number(),
    connectorId: z.number(),
    status: z.string(),
    since: z.iso.datetime(),
    errorCode: z.optional(z.string()),
    info: z.optional(z.string()),
    vendorId: z.optional(z.string()),
    vendorErrorCode: z.optional(z.string()),
  }),
  /** A CALL is on its way down the socket. A command that is sent again has another message id. */
  'command-sent': z.object({
    ...base,
    commandId: z.string(),
    messageId: z.string(),
    action: z.string(),
    connectionId: z.string(),
  }),
  /** What became of a command. One that was given up and is answered all the same is settled anew, and `late`. */
  'command-settled': z.object({
    ...base,
    commandId: z.string(),
    action: z.string(),
    status: z.enum(['accepted', 'rejected', 'failed', 'timed-out', 'expired', 'cancelled']),
    late: z.optional(z.literal(true)),
    response: z.optional(z.unknown()),
    reason: z.optional(z.string()),
  }),
  /** A message was larger than the socket takes (32 KB a frame, 128 KB a message), and the socket closed with 1009. */
  'frame-too-large': z.object({ ...base, connectionId: z.string() }),
  /** AWS IoT refused what a charge point's shadow should hold (8 KB, depth). */
  'shadow-refused': z.object({ ...base, reason: z.string() }),
} as const;

export type EventName = keyof typeof events;
/** What an event says beyond its id, time and charge point. */
export type EventDetail<N extends EventName> = Omit<z.input<(typeof events)[N]>, 'id' | 'time' | 'chargePointId'>;
