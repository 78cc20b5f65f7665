import { openOnlyJob } from '../../jobs/open.js';
import type { Effect } from '../../ocpp/effect.js';

/** Security whitepaper L01: a signed firmware is to be installed. */
export const signedUpdateFirmware: Effect<'ocpp1.6', 'SignedUpdateFirmware'> = async (answered, context) => {
  const { request, response, command, at } = answered;
  const { requestId, firmware } = request;
  const { status } = response;
  if (status !== 'Accepted' && status !== 'AcceptedCanceled') return;
  await openOnlyJob({ kind: 'firmware', requestId, location: firmware.location }, { status, command, at }, context);
};
