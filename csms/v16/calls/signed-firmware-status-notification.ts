import { reportJobStatus } from '../../jobs/report-status.js';
import type { Handler } from '../../ocpp/handler.js';
import { pick } from '../../pick.js';

/** Security whitepaper L01: how far the update to a signed firmware is. */
export const signedFirmwareStatusNotification: Handler<'ocpp1.6', 'SignedFirmwareStatusNotification'> = async (
  request,
  context,
) => {
  await reportJobStatus({ kind: 'firmware', ...pick(request, 'requestId', 'status') }, context);
  return {};
};
