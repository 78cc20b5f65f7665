import { isDeepStrictEqual } from 'node:util';
import type { HandlerContext } from '../ocpp/handler.js';
import { announceReservation } from './announce.js';
import type { Reservation } from './ports.js';
import { stateOf } from './state.js';

type Ports = Pick<HandlerContext, 'chargePointId' | 'reservations' | 'events'>;

/** What is told of a reservation: by whom, and when. */
export type Fact = Pick<Reservation, 'asked' | 'refused' | 'cancelled' | 'used' | 'told'>;

/**
 * Adds what is told of a reservation to what is known of it, and tells what it is now if this is what made it so. Of facts of
 * a kind the newest holds; of the transactions that name it, the first.
 */
export async function tellOf(reservationId: number, fact: Fact, ports: Ports): Promise<void> {
  const { chargePointId, reservations, events } = ports;
  const now = await reservations.change(chargePointId, reservationId, (known) => {
    const before = known ?? { chargePointId, reservationId };
    const after = withFact(before, fact);
    return isDeepStrictEqual(after, known) ? undefined : after;
  });
  const [at] = Object.values(fact).map((one) => one?.at);
  // Told late it changes nothing that anybody should hear of.
  if (now && stateOf(now)?.since === at) await announceReservation(now, events);
}

function withFact(known: Reservation, fact: Fact): Reservation {
  const { used, ...newest } = fact;
  const kept = Object.entries(newest).filter(([kind, told]) => {
    const before = known[kind as keyof typeof newest];
    return told && (!before || before.at <= told.at);
  });
  return { ...known, ...Object.fromEntries(kept), ...(used && { used: firstUse(known, used) }) };
}

type Use = NonNullable<Reservation['used']>;

/** Its transaction names it again in what it tells later; a request since then means another reservation. */
function firstUse({ asked, used }: Reservation, told: Use): Use {
  const isOfFormer = used && used.at < (asked?.at ?? '') && used.transactionId !== told.transactionId;
  return used && !isOfFormer && used.at <= told.at ? used : told;
}
