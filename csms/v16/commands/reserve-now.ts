import type { Effect } from '../../ocpp/effect.js';
import { reservationAnswered } from '../../reservations/answered.js';

/** 5.13: a connector, or with connector 0 any, is kept for a token. */
export const reserveNow: Effect<'ocpp1.6', 'ReserveNow'> = async ({ request, response, command, at }, context) => {
  const { connectorId, reservationId, expiryDate, idTag, parentIdTag } = request;
  const wanted = {
    ...{ reservationId, expiryDate, idToken: idTag },
    ...(connectorId > 0 && { evseId: connectorId }),
    ...(parentIdTag !== undefined && { groupIdToken: parentIdTag }),
  };
  await reservationAnswered(wanted, { status: response.status, command, at }, context);
};
