import { add, missing, type Ranges } from '../sequence.js';
import { numberOf } from './place.js';
import type { Transaction } from './ports.js';

/** An event and a page of the API have to have room for what is missing. */
const mostTold = 100;
/** And an item for what came: a station that counts the events of all its EVSEs together leaves a hole after each. */
const mostKept = 1_000;

/** What is missing of 2.x: from and to of the numbers of which no event came; the first of them when it is cut. */
export interface MissingEvents {
  missingEvents?: { from: number; to: number }[];
  missingEventsAreCut?: true;
}

/**
 * E 1.3.2: a transaction is whole when each number from that of its start to that of its end has come. A start should have 0
 * (E 1.3.2.1), which is assumed as long as it was not told; but who counts on from transaction to transaction may.
 */
export function missingEvents({ seqNos = [], startedAt }: Pick<Transaction, 'seqNos' | 'startedAt'>): MissingEvents {
  const first = startedAt ? Number(numberOf(startedAt.by)) : 0;
  const all = missing(seqNos, first).map(([from, to]) => ({ from, to }));
  return {
    ...(all.length > 0 && { missingEvents: all.slice(0, mostTold) }),
    ...(all.length > mostTold && { missingEventsAreCut: true }),
  };
}

/** The ranges with `n` in them. Where there are too many the first hole is forgotten. */
export function withNumber(ranges: Ranges, n: number): Ranges {
  const all = add(ranges, n);
  const [first, second, ...others] = all;
  if (!first || !second || all.length <= mostKept) return all;
  return [[first[0], second[1]], ...others];
}
