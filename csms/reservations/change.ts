import { isDeepStrictEqual } from 'node:util';
import type { HandlerContext } from '../ocpp/handler.js';
import { announceReservation } from './announce.js';
import type { Reservation, Use } from './ports.js';
import { stateOf } from './state.js';

type Ports = Pick<HandlerContext, 'chargePointId' | 'reservations' | 'events'>;

/** What is told of a reservation, and when. */
export type Fact = Pick<Reservation, 'asked' | 'refused' | 'cancelled' | 'told'> & { used?: Use };

/** Some charge points name the same reservation for ever. */
const keptUses = 10;

/**
 * Adds what is told of a reservation to what is known of it, and tells what it is now if this is what made it so. Facts may
 * come twice and in any order: of a kind the newest holds.
 */
export async function tellOf(reservationId: number, fact: Fact, ports: Ports): Promise<void> {
  const { chargePointId, reservations, events } = ports;
  const now = await reservations.change(chargePointId, reservationId, (known) => {
    const after = withFact(known ?? { chargePointId, reservationId }, fact);
    return isDeepStrictEqual(after, known) ? undefined : after;
  });
  const [at] = Object.values(fact).map((one) => one?.at);
  // Told late it changes nothing that anybody should hear of.
  if (now && stateOf(now)?.since === at) await announceReservation(now, events);
}

function withFact(known: Reservation, { used, ...newest }: Fact): Reservation {
  const news = Object.entries(newest).filter(([kind, told]) => {
    const before = known[kind as keyof typeof newest];
    return told && (!before || before.at <= told.at);
  });
  return { ...known, ...Object.fromEntries(news), ...(used && { uses: withUse(known.uses ?? [], used) }) };
}

/** Its transaction names it again in what it tells later. */
function withUse(uses: Use[], told: Use): Use[] {
  const before = uses.find(({ transactionId }) => transactionId === told.transactionId);
  const first = before && before.at < told.at ? before : told;
  const others = uses.filter((use) => use !== before);
  return [...others, first].sort((a, b) => (a.at < b.at ? -1 : 1)).slice(-keptUses);
}
