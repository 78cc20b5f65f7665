import type { Holder, IdTokens } from '../id-tokens/ports.js';
import { isOpen, type Transactions } from './ports.js';

/**
 * Takes a token that may be in one transaction only for `holder`, also from a transaction that is over and never gave it back.
 *
 * @param idToken normalised
 * @returns whether it is this transaction's now
 */
export async function hold(
  idToken: string,
  holder: Holder,
  { idTokens, transactions }: { idTokens: IdTokens; transactions: Transactions },
): Promise<boolean> {
  const current = await idTokens.hold(idToken, holder);
  if (isSame(current, holder)) return true;
  const other = await transactions.find(current.chargePointId, current.transactionId);
  if (other && isOpen(other)) return false;
  return isSame(await idTokens.hold(idToken, holder, current), holder);
}

function isSame(a: Holder, b: Holder): boolean {
  return a.chargePointId === b.chargePointId && a.transactionId === b.transactionId;
}
