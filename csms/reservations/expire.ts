import { mostAtOnce, seeToEach } from '../due.js';
import type { CsmsPorts } from '../ocpp/handler.js';
import { announceReservation } from './announce.js';
import type { Reservation } from './ports.js';
import { dueAt } from './state.js';

type Ports = Pick<CsmsPorts, 'reservations' | 'events' | 'clock'>;

/** H04: a reservation is over when its time is. 1.6 doesn't tell it, and who is offline can't. */
export async function sweepReservations(ports: Ports): Promise<void> {
  const { reservations, events, clock } = ports;
  const now = clock.now();
  await seeToEach(await reservations.due(now, mostAtOnce), async ({ chargePointId, reservationId }) => {
    const known = await reservations.find(chargePointId, reservationId);
    const over = known && expired(known, now);
    if (!over) return;
    // Told before it leaves the index, where whoever is interrupted leaves it for the next.
    await announceReservation(over, events);
    await reservations.change(chargePointId, reservationId, (latest) => latest && expired(latest, now));
  });
}

function expired(known: Reservation, now: Date): Reservation | undefined {
  const due = dueAt(known);
  return due && due <= now.toISOString() ? { ...known, expiredAt: due } : undefined;
}
