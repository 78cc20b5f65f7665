import { missing } from '../sequence.js';
import { numberOf } from './place.js';
import type { Transaction } from './ports.js';

/**
 * E 1.3.2: a transaction is whole when each number from that of its start to that of its end has come. A start should have 0
 * (E 1.3.2.1), which is assumed as long as it was not told; but who counts on from transaction to transaction may.
 *
 * @returns 2.x: from and to of the numbers of which no event came
 */
export function missingEvents({
  seqNos = [],
  startedAt,
}: Pick<Transaction, 'seqNos' | 'startedAt'>): { from: number; to: number }[] {
  const first = startedAt ? Number(numberOf(startedAt.by)) : 0;
  return missing(seqNos, first).map(([from, to]) => ({ from, to }));
}
