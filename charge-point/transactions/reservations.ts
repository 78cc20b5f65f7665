import type { Run } from '../steps/step.js';

/** The connector is kept for a token. */
export interface Reservation {
  id: number;
  idToken: string;
  /** Aborted when it is used, cancelled or replaced. */
  over: AbortController;
}

/** The one that keeps the connector of the sessions. */
export function reservationOf({ reservations }: Run): Reservation | undefined {
  const [reservation] = reservations.values();
  return reservation;
}

/** It is no more. False when there was none. */
export function endReservation(id: number, { reservations }: Run): boolean {
  reservations.get(id)?.over.abort();
  return reservations.delete(id);
}

export function isReservedForAnother(idToken: string, run: Run): boolean {
  return (reservationOf(run)?.idToken ?? idToken) !== idToken;
}
