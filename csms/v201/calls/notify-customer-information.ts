import { receivePart } from '../../jobs/receive-part.js';
import { dateTime } from '../../ocpp/date-time.js';
import type { Handler } from '../../ocpp/handler.js';

/** In ms: a week, to hand it on. It is somebody's own, and kept no longer than it takes. */
const kept = 7 * 24 * 60 * 60 * 1_000;

/** N09, N10: a part of what the station knows of a customer; kept with its report for a week, and in no event. */
export const notifyCustomerInformation: Handler<'ocpp2.1', 'NotifyCustomerInformation'> = async (
  { requestId, seqNo, tbc = false, generatedAt, data: text },
  context,
) => {
  const expiresAt = new Date(context.receivedAt.getTime() + kept);
  const part = { seqNo, hasMore: tbc, generatedAt: dateTime(generatedAt), text, expiresAt };
  await receivePart({ kind: 'customer-information', requestId, ...part }, context);
  return {};
};
