import { reportJobStatus } from '../../jobs/report-status.js';
import type { Handler } from '../../ocpp/handler.js';
import { pick } from '../../pick.js';

/** L01, L02: how far the update of the firmware is. 2.1 may add why. */
export const firmwareStatusNotification: Handler<'ocpp2.1', 'FirmwareStatusNotification'> = async (
  request,
  context,
) => {
  await reportJobStatus({ kind: 'firmware', ...pick(request, 'requestId', 'status', 'statusInfo') }, context);
  return {};
};
