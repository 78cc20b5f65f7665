import { reportJobStatus } from '../../jobs/report-status.js';
import type { Handler } from '../../ocpp/handler.js';
import { pick } from '../../pick.js';

/** Security whitepaper N01: how far the upload of a log is. */
export const logStatusNotification: Handler<'ocpp1.6', 'LogStatusNotification'> = async (request, context) => {
  await reportJobStatus({ kind: 'log', ...pick(request, 'requestId', 'status') }, context);
  return {};
};
