import type { Effect } from '../../ocpp/effect.js';
import { cancellationAnswered } from '../../reservations/answered.js';

/** H02: a reservation is no more. */
export const cancelReservation: Effect<'ocpp2.1', 'CancelReservation'> = async (answered, context) => {
  const { request, response, command, at } = answered;
  const { reservationId } = request;
  await cancellationAnswered({ reservationId, status: response.status, command, at }, context);
};
