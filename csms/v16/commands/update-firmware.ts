import { openOnlyJob } from '../../jobs/open.js';
import type { Effect } from '../../ocpp/effect.js';

/** 5.19: a firmware is to be installed. The answer says nothing, and the request has no number. */
export const updateFirmware: Effect<'ocpp1.6', 'UpdateFirmware'> = async ({ request, command, at }, context) =>
  openOnlyJob({ kind: 'firmware', location: request.location }, { command, at }, context);
