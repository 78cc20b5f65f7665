import type { Requests } from '../../../schemas/generated/ocpp2.1/types.js';
import { reportJobStatus } from '../../jobs/report-status.js';
import type { HandlerContext } from '../../ocpp/handler.js';
import { pick } from '../../pick.js';

/** L01, L02: how far the update of the firmware is. 2.1 may add why. */
export async function firmwareStatusNotification(
  request: Requests['FirmwareStatusNotification'],
  context: HandlerContext,
): Promise<object> {
  await reportJobStatus({ kind: 'firmware', ...pick(request, 'requestId', 'status', 'statusInfo') }, context);
  return {};
}
