import type { Requests } from '../../../schemas/generated/ocpp2.1/types.js';
import { reportJobStatus } from '../../jobs/report-status.js';
import type { HandlerContext } from '../../ocpp/handler.js';
import { pick } from '../../pick.js';

/** L03: how far a local controller is with publishing a firmware, and in the end where it is to be had. */
export async function publishFirmwareStatusNotification(
  request: Requests['PublishFirmwareStatusNotification'],
  context: HandlerContext,
): Promise<object> {
  const told = pick(request, 'requestId', 'status', 'location', 'statusInfo');
  await reportJobStatus({ kind: 'firmware-publishing', ...told }, context);
  return {};
}
