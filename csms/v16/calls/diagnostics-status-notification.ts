import { reportJobStatus } from '../../jobs/report-status.js';
import type { Handler } from '../../ocpp/handler.js';

/** 4.4: how far the upload of the diagnostics is. */
export const diagnosticsStatusNotification: Handler<'ocpp1.6', 'DiagnosticsStatusNotification'> = async (
  { status },
  context,
) => {
  await reportJobStatus({ kind: 'diagnostics', status }, context);
  return {};
};
