import { reportJobStatus } from '../../jobs/report-status.js';
import type { Handler } from '../../ocpp/handler.js';
import { pick } from '../../pick.js';

/** L03: how far a local controller is with publishing a firmware, and in the end where it is to be had. */
export const publishFirmwareStatusNotification: Handler<'ocpp2.1', 'PublishFirmwareStatusNotification'> = async (
  request,
  context,
) => {
  const told = pick(request, 'requestId', 'status', 'location', 'statusInfo');
  await reportJobStatus({ kind: 'firmware-publishing', ...told }, context);
  return {};
};
