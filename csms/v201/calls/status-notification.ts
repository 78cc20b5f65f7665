import { reportStatus } from '../../connectors/status.js';
import { dateTime } from '../../ocpp/date-time.js';
import type { Handler } from '../../ocpp/handler.js';

/** G01: the station reports one connector's state. */
export const statusNotification: Handler<'ocpp2.0.1', 'StatusNotification'> = async (request, context) => {
  await reportStatus(
    {
      evseId: request.evseId,
      connectorId: request.connectorId,
      status: request.connectorStatus,
      at: dateTime(request.timestamp),
    },
    context,
  );
  return {};
};
