import type { HandlerContext } from '../ocpp/handler.js';

const kind = 'priority-charging';

/** In ms: a month. No transaction charges longer, and not all say when it is over. */
const kept = 30 * 24 * 60 * 60 * 1_000;

/**
 * K21, K22: a transaction has priority, or has it no more.
 *
 * @returns whether nothing newer is known of it
 */
export async function keepPriority(
  transactionId: string,
  hasPriority: boolean,
  at: Date,
  { chargePointId, inventory }: Pick<HandlerContext, 'chargePointId' | 'inventory'>,
): Promise<boolean> {
  if (!hasPriority) return inventory.remove(chargePointId, kind, transactionId, at);
  const until = new Date(at.getTime() + kept);
  return inventory.put({ chargePointId, kind, key: transactionId, at, detail: {}, until });
}
