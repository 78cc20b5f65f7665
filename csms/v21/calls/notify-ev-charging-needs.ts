import type { Handler } from '../../ocpp/handler.js';
import { keepNeeds } from '../../smart-charging/needs.js';
import { needsOf } from '../../v201/charging-needs.js';

/**
 * K15.FR.04, K18, K19: what the vehicle wants is kept, and told; the answer is NoChargingProfile, since nobody here computes
 * schedules. With that it charges without one; on Rejected it might have to stop (K18.FR.22, K19.FR.15).
 */
export const notifyEVChargingNeeds: Handler<'ocpp2.1', 'NotifyEVChargingNeeds'> = async (request, context) => {
  await keepNeeds(needsOf(request, context), context);
  return { status: 'NoChargingProfile' };
};
