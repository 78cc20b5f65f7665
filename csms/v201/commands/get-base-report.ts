import { reportAnswered } from '../../jobs/report-answered.js';
import type { Effect } from '../../ocpp/effect.js';

/** B07: the station is to report its variables. */
export const getBaseReport: Effect<'ocpp2.1', 'GetBaseReport'> = async (answered, context) => {
  const { requestId } = answered.request;
  await reportAnswered({ kind: 'report', requestId }, answered, context);
};
