import { reportAnswered } from '../../jobs/report-answered.js';
import type { Effect } from '../../ocpp/effect.js';

/** B08: the station is to report some of its variables. */
export const getReport: Effect<'ocpp2.1', 'GetReport'> = async (answered, context) => {
  const { requestId } = answered.request;
  await reportAnswered({ kind: 'report', requestId }, answered, context);
};
