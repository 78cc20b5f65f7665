import { mostAtOnce, seeToEach } from '../due.js';
import type { CsmsPorts } from '../ocpp/handler.js';
import { over } from './over.js';
import { isOpen, type Transaction } from './ports.js';

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
 */
export async function forgetEarlier(transaction: Transaction, ports: Ports): Promise<void> {
  const { chargePointId, evseId } = transaction;
  if (evseId === undefined) return;
  const ids = await ports.transactions.openOn(chargePointId, evseId);
  if (ids.length < 2) return;
  const open = await Promise.all(ids.map((id) => ports.transactions.find(chargePointId, id)));
  const inOrder = open.filter((one) => one !== undefined).sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  const latest = inOrder.pop();
  for (const one of inOrder) await forget(one, () => latest?.firstAt, ports);
}

/** Two that began in the same second have an order too, the same whichever came first. */
function placeOf({ firstAt, transactionId }: Transaction): string {
  return `${firstAt} ${transactionId}`;
}

/** Gives up those that have been silent for a day: nothing more will be heard of them. */
export async function sweepTransactions(ports: Ports & Pick<CsmsPorts, 'clock'>): Promise<void> {
  const now = ports.clock.now();
  await seeToEach(await ports.transactions.due(now, mostAtOnce), (one) =>
    // The index may be behind, and something may be heard of it just now.
    forget(one, (known) => (forgottenFrom(known) <= now ? known.heardAt : undefined), ports),
  );
}

/** @param when what is known of it makes it over, if it does */
async function forget(
  { chargePointId, transactionId }: Pick<Transaction, 'chargePointId' | 'transactionId'>,
  when: (known: Transaction) => string | undefined,
  ports: Ports,
): Promise<void> {
  const forgotten = await ports.transactions.change(chargePointId, transactionId, (known) => {
    const forgottenAt = known && isOpen(known) ? when(known) : undefined;
    return known && forgottenAt ? { ...known, forgottenAt } : undefined;
  });
  if (forgotten?.forgottenAt) await over(forgotten, ports);
}
