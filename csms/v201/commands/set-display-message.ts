import { asOf } from '../../inventory/asked.js';
import type { Effect } from '../../ocpp/effect.js';
import { messageDetail } from '../display-message.js';

/** O01, O02: the station shows a message, or will. */
export const setDisplayMessage: Effect<'ocpp2.1', 'SetDisplayMessage'> = async ({ request, response, at }, context) => {
  const { message } = request;
  if (response.status === 'Accepted')
    await asOf(at, context).put('display-message', message.id, messageDetail(message));
};
