import * as z from 'zod/mini';
import { protocols } from './protocol.js';

const millis = z.pipe(
  z.coerce.number(),
  z.transform((value) => new Date(value)),
);

/**
 * What the rules on `{id}/in` and `{id}/out` hand on: the frame's bytes, whose it is, and the MQTT user properties that it
 * was published with. A frame that somebody else published has none.
 */
export const ruleMessage = z.object({
  frame: z.pipe(
    z.string(),
    z.transform((base64) => Buffer.from(base64, 'base64').toString()),
  ),
  chargePointId: z.string(),
  publishedAt: millis,
  connectionId: z.optional(z.string()),
  protocol: z.optional(z.enum(protocols)),
  receivedAt: z.optional(millis),
  /** On `{id}/out` only: somebody else may answer the same CALL. */
  contested: z.optional(z.literal('true')),
  /** On `{id}/in` only: the kept frame that this one is in place of. */
  repairs: z.optional(z.string()),
});
export type RuleMessage = z.infer<typeof ruleMessage>;
