import { putAll } from '../../inventory/put-all.js';
import type { Handler } from '../../ocpp/handler.js';
import { pick } from '../../pick.js';

/** N11: the station wants to tell a monitor's values in a stream; Accepted, and which monitor it is of is kept. */
export const openPeriodicEventStream: Handler<'ocpp2.1', 'OpenPeriodicEventStream'> = async (
  { constantStreamData: stream },
  context,
) => {
  const detail = { ...pick(stream, 'variableMonitoringId'), ...pick(stream.params, 'interval', 'values') };
  await putAll('event-stream', [{ key: String(stream.id), detail }], context);
  return { status: 'Accepted' };
};
