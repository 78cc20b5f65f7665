import { recordAvailability } from '../../connectors/availability.js';
import type { Effect } from '../../ocpp/effect.js';

/** G03, G04: the station, an EVSE or a connector is to be in service or not. */
export const changeAvailability: Effect<'ocpp2.1', 'ChangeAvailability'> = async (answered, context) => {
  const { request, response, at } = answered;
  const { evse, operationalStatus } = request;
  const { id: evseId = 0, connectorId = 0 } = evse ?? {};
  await recordAvailability({ evseId, connectorId, operationalStatus, status: response.status }, at, context);
};
