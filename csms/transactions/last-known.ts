import { timeOf } from './place.js';
import type { Transaction } from './ports.js';

/**
 * The last time of which something is known of a transaction, to a quarter of an hour: it may have gone on for longer, but
 * nobody said so. The same events make it the same, whatever their order and whatever came of others.
 *
 * @returns ISO 8601 UTC
 */
function lastKnownAt({ firstAt, updateBy, chargingState, end }: Known): string {
  const times = [firstAt, updateBy?.split('#')[0], chargingState && timeOf(chargingState), end?.at];
  return times.filter((time) => time !== undefined).reduce((a, b) => (b > a ? b : a));
}

/** A transaction that the CSMS takes for ended when something was last known of it. */
export function forgotten<T extends Transaction>(transaction: T): T {
  return { ...transaction, forgottenAt: lastKnownAt(transaction) };
}

type Known = Pick<Transaction, 'firstAt' | 'updateBy' | 'chargingState' | 'end'>;
