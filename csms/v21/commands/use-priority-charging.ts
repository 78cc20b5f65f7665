import type { Effect } from '../../ocpp/effect.js';
import { keepPriority } from '../../smart-charging/priority.js';

/** K21: a transaction has priority, or has it no more. */
export const usePriorityCharging: Effect<'ocpp2.1', 'UsePriorityCharging'> = async (answered, context) => {
  const { request, response, at } = answered;
  if (response.status !== 'Accepted') return;
  await keepPriority(request.transactionId, request.activate, at, context);
};
