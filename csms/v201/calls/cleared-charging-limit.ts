import type { Handler } from '../../ocpp/handler.js';
import { clearLimit } from '../../smart-charging/limits.js';

/** K13: the limit that somebody else set holds no more; it is forgotten, and that is told. */
export const clearedChargingLimit: Handler<'ocpp2.1', 'ClearedChargingLimit'> = async (
  { chargingLimitSource: source, evseId = 0 },
  context,
) => {
  await clearLimit({ source, evseId }, context);
  return {};
};
