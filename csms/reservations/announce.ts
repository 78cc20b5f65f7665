import type { Events } from '../events.js';
import type { Reservation } from './ports.js';
import { stateOf } from './state.js';

/** Tells what became of a reservation, again if need be: whoever changed it may have been interrupted before he could. */
export async function announceReservation(reservation: Reservation, events: Events): Promise<void> {
  const { chargePointId, reservationId, asked } = reservation;
  const state = stateOf(reservation);
  if (!state) return;
  const { status, since, transactionId } = state;
  await events.emit(chargePointId, 'reservation-status', `${reservationId}-${status}-${asked?.at ?? since}`, {
    reservationId,
    status,
    ...(asked?.evseId !== undefined && { evseId: asked.evseId }),
    ...(asked && { idToken: asked.idToken, expiresAt: asked.expiresAt }),
    ...(transactionId !== undefined && { transactionId }),
  });
}
