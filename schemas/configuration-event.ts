import * as z from 'zod/mini';

/**
 * What differs between a charge point's shadow as it is desired and as it is reported. Without a version: look, a command for
 * it expired.
 */
export const configurationEvent = z.object({
  chargePointId: z.string(),
  version: z.optional(z.number()),
  /** Seconds since 1970. */
  timestamp: z.optional(z.number()),
  configuration: z.optional(z.unknown()),
});
