import { dropProfilesOf } from '../charging-profiles/keep.js';
import type { Events } from '../events.js';
import { normalised } from '../id-tokens/normalised.js';
import type { IdTokens } from '../id-tokens/ports.js';
import type { Inventory } from '../inventory/ports.js';
import { announceEnded } from './announce.js';
import type { StoredTransaction } from './ports.js';
import { presentedTokens } from './tokens.js';

/** A transaction has ended, or was forgotten: its token may be in another, its charging profiles are gone, and it is told. */
export async function over(
  transaction: StoredTransaction,
  { idTokens, inventory, events }: { idTokens: IdTokens; inventory: Inventory; events: Events },
): Promise<void> {
  const { chargePointId, transactionId } = transaction;
  const single = presentedTokens(transaction).filter(
    ({ value }) => value.oneTransaction && value.authorization === 'Accepted',
  );
  const held = new Set(single.map(({ value }) => normalised(value.idToken)));
  for (const idToken of held) if (idToken) await idTokens.release(idToken, { chargePointId, transactionId });
  await announceEnded(transaction, events);
  await dropProfilesOf(transaction, { inventory });
}
