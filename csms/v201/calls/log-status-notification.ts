import type { Requests } from '../../../schemas/generated/ocpp2.1/types.js';
import { reportJobStatus } from '../../jobs/report-status.js';
import type { HandlerContext } from '../../ocpp/handler.js';
import { pick } from '../../pick.js';

/** N01: how far the upload of a log is. 2.1 may add why. */
export async function logStatusNotification(
  request: Requests['LogStatusNotification'],
  context: HandlerContext,
): Promise<object> {
  await reportJobStatus({ kind: 'log', ...pick(request, 'requestId', 'status', 'statusInfo') }, context);
  return {};
}
