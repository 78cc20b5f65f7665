import type { Effect } from '../../ocpp/effect.js';
import { pick } from '../../pick.js';
import { reservationAnswered } from '../../reservations/answered.js';

/** H01, H02: an EVSE, or any with a kind of connector, is kept for a token. */
export const reserveNow: Effect<'ocpp2.1', 'ReserveNow'> = async ({ request, response, command, at }, context) => {
  const { id: reservationId, expiryDateTime: expiryDate, idToken, groupIdToken } = request;
  const wanted = {
    ...{ reservationId, expiryDate, idToken: idToken.idToken },
    ...pick(request, 'evseId', 'connectorType'),
    ...(groupIdToken && { groupIdToken: groupIdToken.idToken }),
  };
  await reservationAnswered(wanted, { status: response.status, command, at }, context);
};
