import { reportAnswered } from '../../jobs/report-answered.js';
import type { Effect } from '../../ocpp/effect.js';

/** O03, O04: the station is to report the messages that it has for its display: all of them where the request names none. */
export const getDisplayMessages: Effect<'ocpp2.1', 'GetDisplayMessages'> = async (answered, context) => {
  const { requestId, id, priority, state } = answered.request;
  const isOfAll = !id && !priority && !state;
  const wanted = { kind: 'display-messages', requestId, ...(isOfAll && { request: {} }) } as const;
  await reportAnswered(wanted, answered, context);
};
