import { playSteps } from '../steps/plays.js';
import { statusOf } from '../steps/report.js';
import type { Run } from '../steps/step.js';
import { tell } from '../steps/tell.js';
import { waitUnless } from '../steps/wait.js';
import { endReservation, type Reservation, reservationOf } from '../transactions/reservations.js';
import { andThen, type Take } from './take.js';

interface Asked {
  id: number;
  idToken: string;
  expiresAt: string;
  /** Undefined or 0: any. */
  connector?: number | undefined;
}

interface ReserveNow16 {
  reservationId: number;
  connectorId: number;
  idTag: string;
  expiryDate: string;
}

interface ReserveNow2 {
  id: number;
  evseId?: number;
  idToken: { idToken: string };
  expiryDateTime: string;
}

/** 5.13. */
export const reserveNow: Take<ReserveNow16> = ({ reservationId, connectorId, idTag, expiryDate }, run) =>
  reserve({ id: reservationId, connector: connectorId, idToken: idTag, expiresAt: expiryDate }, run);

/** H01. */
export const reserveNowOf2: Take<ReserveNow2> = ({ id, evseId, idToken: { idToken }, expiryDateTime }, run) =>
  reserve({ id, connector: evseId, idToken, expiresAt: expiryDateTime }, run);

/** 5.2; H02. */
export const cancelReservation: Take<{ reservationId: number }> = ({ reservationId }, run) => {
  if (!endReservation(reservationId, run)) return { status: 'Rejected' };
  return andThen({ status: 'Accepted' }, run, () => playSteps([{ do: 'report session' }], run));
};

function reserve({ id, idToken, expiresAt, connector = 0 }: Asked, run: Run) {
  if (connector !== 0 && connector !== run.connector) return { status: 'Rejected' };
  const status = statusOf(run.connector, run);
  // The same reservation may be told anew.
  const isFree = status === 'Available' || reservationOf(run)?.id === id;
  if (!isFree) return { status: status === 'Unavailable' ? 'Unavailable' : 'Occupied' };
  endReservation(id, run);
  const reservation = { id, idToken, over: new AbortController() };
  run.reservations.set(id, reservation);
  return andThen({ status: 'Accepted' }, run, async () => {
    await playSteps([{ do: 'report session' }], run);
    await expire(reservation, Date.parse(expiresAt), run);
  });
}

/** H04. */
async function expire({ id, over }: Reservation, at: number, run: Run): Promise<void> {
  const { chargePoint } = run;
  await waitUnless(chargePoint, Math.max(0, at - chargePoint.clock.now()), over.signal);
  if (over.signal.aborted) return;
  endReservation(id, run);
  if (chargePoint.protocol !== 'ocpp1.6') {
    await tell(run, 'ReservationStatusUpdate', { reservationId: id, reservationUpdateStatus: 'Expired' });
  }
  await playSteps([{ do: 'report session' }], run);
}
