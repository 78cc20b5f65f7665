import type { Handler } from '../../ocpp/handler.js';
import { keepNeeds } from '../../smart-charging/needs.js';
import { needsOf } from '../charging-needs.js';

/**
 * K15.FR.04: what the vehicle wants is kept, and told; the answer is Rejected, since nobody here computes schedules. With
 * that it charges without one; Accepted and Processing would promise it one. Whoever computes them may send it later, K16.
 */
export const notifyEVChargingNeeds: Handler<'ocpp2.0.1', 'NotifyEVChargingNeeds'> = async (request, context) => {
  await keepNeeds(needsOf(request, context), context);
  return { status: 'Rejected' };
};
