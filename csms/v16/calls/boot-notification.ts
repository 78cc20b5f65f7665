import { boot } from '../../charge-points/boot.js';
import type { Handler } from '../../ocpp/handler.js';

/** 4.2: the charge point (re)started and says what it is. */
export const bootNotification: Handler<'ocpp1.6', 'BootNotification'> = async (request, context) =>
  boot(
    {
      hardware: {
        vendor: request.chargePointVendor,
        model: request.chargePointModel,
        ...(request.chargePointSerialNumber && { serialNumber: request.chargePointSerialNumber }),
        ...(request.firmwareVersion && { firmwareVersion: request.firmwareVersion }),
      },
    },
    context,
  );
