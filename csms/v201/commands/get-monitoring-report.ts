import { reportAnswered } from '../../jobs/report-answered.js';
import type { Effect } from '../../ocpp/effect.js';

/** N02: the station is to report its monitors: all of them where the request names none. */
export const getMonitoringReport: Effect<'ocpp2.1', 'GetMonitoringReport'> = async (answered, context) => {
  const { requestId, componentVariable, monitoringCriteria } = answered.request;
  const isOfAll = !componentVariable && !monitoringCriteria;
  const wanted = { kind: 'monitoring-report', requestId, ...(isOfAll && { request: {} }) } as const;
  await reportAnswered(wanted, answered, context);
};
