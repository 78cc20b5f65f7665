import { mayCharge } from '../transactions/authorize.js';
import { endReservation, isReservedForAnother, reservationOf } from '../transactions/reservations.js';
import { happened, isTaken, sessionOf } from '../transactions/session.js';
import type { Play, Run } from './step.js';

/** C01: the CSMS is asked, unless the charge point knows the token (C12) or nobody can be asked (C13). */
export const present: Play<'present'> = async ({ isKnown }, run) => {
  const { idToken, isOffline } = run;
  if (isTaken(run.session) || isReservedForAnother(idToken, run)) return;
  if (!isKnown && !isOffline && !(await mayCharge(idToken, run))) return;
  authorized(idToken, run, 'authorized');
};

/** The session has its token; a reservation for it is used up (H03). */
export function authorized(idToken: string, run: Run, how: 'authorized' | 'started remotely'): void {
  const session = sessionOf(run);
  const reservation = reservationOf(run);
  session.idToken = idToken;
  if (reservation) {
    session.reservationId = reservation.id;
    endReservation(reservation.id, run);
  }
  happened(run, session, how);
}
