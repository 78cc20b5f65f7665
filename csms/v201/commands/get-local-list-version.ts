import { asOf } from '../../inventory/asked.js';
import type { Effect } from '../../ocpp/effect.js';

/** D02: which version the local list has: 0 when there is none. */
export const getLocalListVersion: Effect<'ocpp2.1', 'GetLocalListVersion'> = async ({ response, at }, context) =>
  asOf(at, context).put('local-list', '', { version: response.versionNumber });
