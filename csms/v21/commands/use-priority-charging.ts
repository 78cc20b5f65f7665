import { asOf } from '../../inventory/asked.js';
import type { Effect } from '../../ocpp/effect.js';

/** K21: a transaction has priority, or has it no more. */
export const usePriorityCharging: Effect<'ocpp2.1', 'UsePriorityCharging'> = async (answered, context) => {
  const { request, response, at } = answered;
  if (response.status !== 'Accepted') return;
  const { put, remove } = asOf(at, context);
  if (request.activate) await put('priority-charging', request.transactionId, {});
  else await remove('priority-charging', request.transactionId);
};
