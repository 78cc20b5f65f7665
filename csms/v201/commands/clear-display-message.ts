import { asOf } from '../../inventory/asked.js';
import type { Effect } from '../../ocpp/effect.js';

/** O05: the station shows a message no more; one that it does not know, it does not show either. */
export const clearDisplayMessage: Effect<'ocpp2.1', 'ClearDisplayMessage'> = async (answered, context) => {
  const { request, response, at } = answered;
  if (response.status !== 'Rejected') await asOf(at, context).remove('display-message', request.id);
};
