import * as z from 'zod/mini';
import type { MessageRecord } from '../../csms/messages/records.js';
import type { Shown } from '../../csms/messages/shown.js';
import { readChargePoint } from '../known.js';
import { operation } from '../operation.js';
import { pageOf, pageReply, paging, rangeOf, timeRange } from '../pages.js';
import { ofChargePoint } from '../params.js';

/** What is cut off is told as the text that it begins with, and how many characters it had. */
const payload = { payload: z.unknown(), cutFrom: z.optional(z.number()) };

const shownMessage = z.object({
  at: z.string(),
  messageId: z.string(),
  askedBy: z.optional(z.enum(['charge-point', 'csms'])),
  action: z.optional(z.string()),
  protocol: z.optional(z.string()),
  connectionId: z.optional(z.string()),
  request: z.optional(z.object(payload)),
  commandId: z.optional(z.string()),
  status: z.optional(z.string()),
  answer: z.optional(
    z.object({
      by: z.enum(['charge-point', 'csms', 'elsewhere']),
      type: z.enum(['CALLRESULT', 'CALLERROR']),
      /** Milliseconds. */
      latency: z.number(),
      refusal: z.optional(z.string()),
      ...payload,
    }),
  ),
});

function shown({ chargePointId: _, request, answer, ...said }: MessageRecord): z.infer<typeof shownMessage> {
  return {
    ...said,
    ...(request && { request: shownPayload(request) }),
    ...(answer && { answer: shownPayload(answer) }),
  };
}

function shownPayload<T extends Shown>({ json, cutFrom, ...rest }: T) {
  return cutFrom === undefined ? { ...rest, payload: JSON.parse(json) } : { ...rest, payload: json, cutFrom };
}

const listMessages = operation({
  id: 'listMessages',
  method: 'GET',
  path: '/charge-points/{chargePointId}/messages',
  summary: 'What was said: each CALL with its answer, the newest first, in stages that keep a log (messageLog)',
  // As of frames on a live URL.
  role: 'operator',
  params: ofChargePoint,
  query: z.strictObject({ ...paging, ...timeRange }),
  answers: {
    200: { description: 'A page of them; one without an answer had none, so far', schema: pageOf(shownMessage) },
  },
  example: { params: { chargePointId: 'CP1' }, query: { from: '2026-05-20T00:00:00Z' }, status: 200 },
  async handle({ params, query: { from, to, ...page } }, ports) {
    await readChargePoint(params.chargePointId, ports);
    return pageReply(await ports.messageRecords.list(params.chargePointId, rangeOf({ from, to }), page), shown);
  },
});

export const messageOperations = [listMessages];
