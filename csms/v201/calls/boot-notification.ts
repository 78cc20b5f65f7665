import { boot } from '../../charge-points/boot.js';
import type { Handler } from '../../ocpp/handler.js';

/** B01: the station (re)started and says what it is. */
export const bootNotification: Handler<'ocpp2.0.1', 'BootNotification'> = async (request, context) => {
  const { vendorName, model, serialNumber, firmwareVersion } = request.chargingStation;
  return boot(
    {
      hardware: {
        vendor: vendorName,
        model,
        ...(serialNumber && { serialNumber }),
        ...(firmwareVersion && { firmwareVersion }),
      },
      reason: request.reason,
    },
    context,
  );
};
