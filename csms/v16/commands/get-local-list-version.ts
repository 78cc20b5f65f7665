import { asOf } from '../../inventory/asked.js';
import type { Effect } from '../../ocpp/effect.js';

/** 5.10: which version the local list has: 0 when it is empty, -1 when the charge point has none. */
export const getLocalListVersion: Effect<'ocpp1.6', 'GetLocalListVersion'> = async ({ response, at }, context) =>
  asOf(at, context).put('local-list', '', { version: response.listVersion });
