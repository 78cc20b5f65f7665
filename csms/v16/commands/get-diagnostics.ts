import { openOnlyJob } from '../../jobs/open.js';
import type { Effect } from '../../ocpp/effect.js';

/** 5.9: diagnostics are to be uploaded. The request has no number; without a file name there are none. */
export const getDiagnostics: Effect<'ocpp1.6', 'GetDiagnostics'> = async (answered, context) => {
  const { request, response, command, at } = answered;
  const { fileName } = response;
  const file = { location: request.location, ...(fileName && { fileName }) };
  await openOnlyJob({ kind: 'diagnostics', ...file }, { command, at }, context);
};
