import { reportJobStatus } from '../../jobs/report-status.js';
import type { Handler } from '../../ocpp/handler.js';
import { pick } from '../../pick.js';

/** N01: how far the upload of a log is. 2.1 may add why. */
export const logStatusNotification: Handler<'ocpp2.1', 'LogStatusNotification'> = async (request, context) => {
  await reportJobStatus({ kind: 'log', ...pick(request, 'requestId', 'status', 'statusInfo') }, context);
  return {};
};
