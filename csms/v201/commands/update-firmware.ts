import { openOnlyJob } from '../../jobs/open.js';
import type { Effect } from '../../ocpp/effect.js';

/** L01, L02: a firmware is to be installed. */
export const updateFirmware: Effect<'ocpp2.1', 'UpdateFirmware'> = async (answered, context) => {
  const { request, response, command, at } = answered;
  const { requestId, firmware } = request;
  const { status } = response;
  if (status !== 'Accepted' && status !== 'AcceptedCanceled') return;
  await openOnlyJob({ kind: 'firmware', requestId, location: firmware.location }, { status, command, at }, context);
};
