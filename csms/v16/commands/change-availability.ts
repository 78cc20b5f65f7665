import { recordAvailability } from '../../connectors/availability.js';
import type { Effect } from '../../ocpp/effect.js';

/** 5.2: a connector, or with connector 0 the charge point, is to be in service or not. */
export const changeAvailability: Effect<'ocpp1.6', 'ChangeAvailability'> = async (answered, context) => {
  const { request, response, at } = answered;
  const { connectorId: evseId, type: operationalStatus } = request;
  const connectorId = Math.min(evseId, 1);
  await recordAvailability({ evseId, connectorId, operationalStatus, status: response.status }, at, context);
};
