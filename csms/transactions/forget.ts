import { mostAtOnce, seeToEach } from '../due.js';
import type { CsmsPorts } from '../ocpp/handler.js';
import { forgotten } from './last-known.js';
import { over } from './over.js';
import { receivedAt } from './place.js';
import { isOpen, type StoredTransaction, type Transaction } from './ports.js';
import { isToldLate } from './presented.js';

type Ports = Pick<CsmsPorts, 'transactions' | 'idTokens' | 'inventory' | 'events'>;

/** A silent one is given up after a day, and at most this long after it: it is not looked at more often. */
const silence = 24 * 60 * 60_000;
const resolution = 6 * 60 * 60_000;

/** When a transaction is to be given up, if nothing more is heard of it. */
export function forgottenFrom({ heardAt }: Pick<Transaction, 'heardAt'>): Date {
  return new Date(Math.ceil(Date.parse(heardAt) / resolution) * resolution + silence);
}

/**
 * A connector has one transaction at a time: of those that are open on this one's, all but the latest are over, and the
 * charge point has forgotten to say so.
 *
 * @returns whether this one itself is over, as one that is told late may be: it is forgotten by whoever told that it started
 */
export async function forgetEarlier(transaction: Transaction, ports: Ports): Promise<boolean> {
  const { chargePointId, transactionId, evseId } = transaction;
  if (evseId === undefined) return false;
  const ids = await ports.transactions.openOn(chargePointId, evseId);
  if (ids.length < 2) return false;
  const open = await Promise.all(ids.map((id) => ports.transactions.find(chargePointId, id)));
  const inOrder = open.filter((one) => one !== undefined).sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  const earlier = inOrder.slice(0, -1);
  const others = earlier.filter((one) => one.transactionId !== transactionId);
  for (const one of others) await forget(one, undefined, ports);
  return others.length < earlier.length;
}

/** Of one that starts as it is told nobody needs to ask its charge point's clock whether it is the latest. */
function placeOf({ startedAt, firstAt, transactionId }: Transaction): string {
  // Two that began in the same second have an order too, the same whichever came first.
  return `${startedAt && !isToldLate(startedAt) ? receivedAt(startedAt) : firstAt} ${transactionId}`;
}

/** Gives up those that have been silent for a day: hardly anything more will be heard of them. */
export async function sweepTransactions(ports: Ports & Pick<CsmsPorts, 'clock'>): Promise<void> {
  const now = ports.clock.now();
  await seeToEach(await ports.transactions.due(now, mostAtOnce), async ({ chargePointId, transactionId }) => {
    const found = await ports.transactions.find(chargePointId, transactionId);
    // The index may be behind, and something may be heard of it just now.
    const isSilent = (known: Transaction) => forgottenFrom(known) <= now;
    if (found) await forget(found, isSilent, ports);
  });
}

/** @param isSilent by what is known of it; undefined where a later one has begun, after which it can't go on */
export async function forget(
  found: StoredTransaction,
  isSilent: ((known: Transaction) => boolean) | undefined,
  ports: Ports,
): Promise<void> {
  const isToForget = (known: Transaction) => isOpen(known) && (!isSilent || isSilent(known));
  if (!isToForget(found)) return;
  // Told before it leaves the indexes, where whoever is interrupted leaves it for the next.
  await over(forgotten(found), ports);
  await ports.transactions.change(found.chargePointId, found.transactionId, (known) =>
    known && isToForget(known) ? { ...forgotten(known), ...(isSilent && { silent: true as const }) } : undefined,
  );
}
