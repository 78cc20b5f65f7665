import { asOf } from '../../inventory/asked.js';
import type { Effect } from '../../ocpp/effect.js';

/** D01: the local list has another version. */
export const sendLocalList: Effect<'ocpp2.1', 'SendLocalList'> = async ({ request, response, at }, context) => {
  if (response.status === 'Accepted') await asOf(at, context).put('local-list', '', { version: request.versionNumber });
};
