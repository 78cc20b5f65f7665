import type { Handler } from '../../ocpp/handler.js';

/** In ms: a month. No transaction charges longer, and not all say when it is over. */
const kept = 30 * 24 * 60 * 60 * 1_000;

/** K21, K22: a transaction has priority, or has it no more; kept, and told. */
export const notifyPriorityCharging: Handler<'ocpp2.1', 'NotifyPriorityCharging'> = async (
  { transactionId, activated },
  { chargePointId, receivedAt: at, inventory, events },
) => {
  const kind = 'priority-charging';
  const until = new Date(at.getTime() + kept);
  const isNewest = activated
    ? await inventory.put({ chargePointId, kind, key: transactionId, at, detail: {}, until })
    : await inventory.remove(chargePointId, kind, transactionId, at);
  const id = `${transactionId}-${at.toISOString()}`;
  if (isNewest) await events.emit(chargePointId, 'priority-charging', id, { transactionId, activated });
  return {};
};
