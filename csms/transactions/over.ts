import type { Events } from '../events.js';
import { normalised } from '../id-tokens/normalised.js';
import type { IdTokens } from '../id-tokens/ports.js';
import { announceEnded } from './announce.js';
import type { Transaction } from './ports.js';

/** A transaction has ended, or was forgotten: its token may be in another, and it is told. */
export async function over(
  transaction: Transaction,
  { idTokens, events }: { idTokens: IdTokens; events: Events },
): Promise<void> {
  const { chargePointId, transactionId, idToken, otherIdTokens = [] } = transaction;
  const presented = idToken ? [idToken, ...otherIdTokens] : [];
  const single = presented.filter(({ value }) => value.oneTransaction && value.authorization === 'Accepted');
  const held = new Set(single.map(({ value }) => normalised(value.idToken)));
  for (const idToken of held) if (idToken) await idTokens.release(idToken, { chargePointId, transactionId });
  await announceEnded(transaction, events);
}
