import type { Effect } from '../../ocpp/effect.js';
import { cancellationAnswered } from '../../reservations/answered.js';

/** 5.2: a reservation is no more. */
export const cancelReservation: Effect<'ocpp1.6', 'CancelReservation'> = async (answered, context) => {
  const { request, response, command, at } = answered;
  const { reservationId } = request;
  await cancellationAnswered({ reservationId, status: response.status, command, at }, context);
};
