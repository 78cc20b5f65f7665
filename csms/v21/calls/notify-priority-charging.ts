import type { Handler } from '../../ocpp/handler.js';
import { keepPriority } from '../../smart-charging/priority.js';

/** K21, K22: a transaction has priority, or has it no more; kept, and told. */
export const notifyPriorityCharging: Handler<'ocpp2.1', 'NotifyPriorityCharging'> = async (
  { transactionId, activated },
  context,
) => {
  const { chargePointId, receivedAt: at, events } = context;
  const isNewest = await keepPriority(transactionId, activated, at, context);
  const id = `${transactionId}-${at.toISOString()}`;
  if (isNewest) await events.emit(chargePointId, 'priority-charging', id, { transactionId, activated });
  return {};
};
