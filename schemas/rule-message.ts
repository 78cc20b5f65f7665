import * as z from 'zod';
import { protocols } from './protocol.js';

const millis = z.coerce.number().transform((value) => new Date(value));

/**
 * What the rules on `{id}/in` and `{id}/out` hand on: the frame's bytes, whose it is, and the MQTT user properties that it
 * was published with. A frame that somebody else published has none.
 */
export const ruleMessage = z.object({
  frame: z.string().transform((base64) => Buffer.from(base64, 'base64').toString()),
  chargePointId: z.string(),
  publishedAt: millis,
  connectionId: z.string().optional(),
  protocol: z.enum(protocols).optional(),
  receivedAt: millis.optional(),
});
export type RuleMessage = z.infer<typeof ruleMessage>;
