import * as z from 'zod/mini';

/** A message on `$aws/events/thing/{name}/{created,updated,deleted}`. */
export const thingEvent = z.object({
  operation: z.enum(['CREATED', 'UPDATED', 'DELETED']),
  thingName: z.string(),
  /** Milliseconds since 1970. */
  timestamp: z.number(),
  attributes: z.nullish(z.record(z.string(), z.string())),
});
