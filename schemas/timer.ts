import * as z from 'zod/mini';
import { protocols } from './protocol.js';

const base = {
  chargePointId: z.string(),
  connectionId: z.string(),
  /** When it is to be acted on, in milliseconds since 1970. A queue delays by 15 minutes at most: received early it is sent again. */
  due: z.number(),
};

/** What is due within minutes. */
export const timer = z.discriminatedUnion('kind', [
  /** Does the connection exist by now? `openedAt` in milliseconds since 1970. */
  z.object({ ...base, kind: z.literal('opening'), openedAt: z.number() }),
  /** Close a connection that isn't the current one: replaced, or without a common subprotocol. */
  z.object({ ...base, kind: z.literal('close') }),
  /** Close a connection that has come of age. */
  z.object({ ...base, kind: z.literal('retire') }),
  /** Is there still no connection since this one closed? */
  z.object({ ...base, kind: z.literal('offline'), since: z.iso.datetime(), reason: z._default(z.string(), '') }),
  /** Is there a command to be sent? */
  z.object({ ...base, kind: z.literal('queue') }),
  /** A CALL that is answered elsewhere: `frame` is its answer, unless it has one. */
  z.object({
    ...base,
    kind: z.literal('answer'),
    frame: z.string(),
    protocol: z.enum(protocols),
    receivedAt: z.iso.datetime(),
  }),
  /** The next charge points of a task are to be asked, or looked at. */
  z.object({ kind: z.literal('task'), taskId: z.string(), step: z.number(), due: base.due }),
  /** Is a CALL of ours still unanswered? */
  z.object({
    ...base,
    kind: z.literal('command'),
    commandId: z.string(),
    messageId: z.string(),
    sentAt: z.iso.datetime(),
    deadline: z.iso.datetime(),
  }),
]);
export type Timer = z.infer<typeof timer>;
