import { recordKeys } from '../../configuration/record-keys.js';
import type { Effect } from '../../ocpp/effect.js';

/** 5.8: what the configuration is. */
export const getConfiguration: Effect<'ocpp1.6', 'GetConfiguration'> = async ({ response, at }, context) =>
  recordKeys(response, at, context);
