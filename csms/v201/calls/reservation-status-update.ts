import type { Handler } from '../../ocpp/handler.js';
import { tellOf } from '../../reservations/change.js';

/** H01, H04: a reservation expired, or the station could not keep it; that is kept, and told. */
export const reservationStatusUpdate: Handler<'ocpp2.1', 'ReservationStatusUpdate'> = async (
  { reservationId, reservationUpdateStatus: status },
  context,
) => {
  await tellOf(reservationId, { told: { at: context.receivedAt.toISOString(), status } }, context);
  return {};
};
