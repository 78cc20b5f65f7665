import { openOnlyJob } from '../../jobs/open.js';
import type { Effect } from '../../ocpp/effect.js';

/** N01: a log is to be uploaded. */
export const getLog: Effect<'ocpp2.1', 'GetLog'> = async ({ request, response, command, at }, context) => {
  const { requestId, log } = request;
  const { status, filename } = response;
  if (status === 'Rejected') return;
  const file = { location: log.remoteLocation, ...(filename && { fileName: filename }) };
  await openOnlyJob({ kind: 'log', requestId, ...file }, { status, command, at }, context);
};
