import { reportAnswered } from '../../jobs/report-answered.js';
import type { Effect } from '../../ocpp/effect.js';

/** N09: the station is to report what it knows of a customer. Where it is only to forget that (N10), it need not tell anything. */
export const customerInformation: Effect<'ocpp2.1', 'CustomerInformation'> = async (answered, context) => {
  const { requestId, report } = answered.request;
  if (report) await reportAnswered({ kind: 'customer-information', requestId }, answered, context);
};
