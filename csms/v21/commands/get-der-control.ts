import { reportAnswered } from '../../jobs/report-answered.js';
import type { Effect } from '../../ocpp/effect.js';

/** R04: the station is to report its DER controls: all of them where the request names none. */
export const getDERControl: Effect<'ocpp2.1', 'GetDERControl'> = async (answered, context) => {
  const { requestId, isDefault, controlType, controlId } = answered.request;
  const isOfAll = isDefault === undefined && !controlType && controlId === undefined;
  const wanted = { kind: 'der-controls', requestId, ...(isOfAll && { request: {} }) } as const;
  await reportAnswered(wanted, answered, context);
};
