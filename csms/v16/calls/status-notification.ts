import { reportStatus } from '../../connectors/status.js';
import { dateTime } from '../../ocpp/date-time.js';
import type { Handler } from '../../ocpp/handler.js';

/** 4.9: a connector's state, or with connector 0 the charge point's own. The timestamp is optional in 1.6. */
export const statusNotification: Handler<'ocpp1.6', 'StatusNotification'> = async (request, context) => {
  const { errorCode, info, vendorId, vendorErrorCode } = request;
  await reportStatus(
    {
      evseId: request.connectorId,
      connectorId: Math.min(request.connectorId, 1),
      status: request.status,
      at: request.timestamp ? dateTime(request.timestamp) : context.receivedAt,
      errorCode,
      ...(info && { info }),
      ...(vendorId && { vendorId }),
      ...(vendorErrorCode && { vendorErrorCode }),
    },
    context,
  );
  return {};
};
