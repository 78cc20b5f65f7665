import { asOf } from '../../inventory/asked.js';
import type { Effect } from '../../ocpp/effect.js';
import { pick } from '../../pick.js';

/** N12: which streams there are. */
export const getPeriodicEventStream: Effect<'ocpp2.1', 'GetPeriodicEventStream'> = async (answered, context) => {
  const { put, remove } = asOf(answered.at, context);
  const streams = answered.response.constantStreamData ?? [];
  const ids = new Set(streams.map(({ id }) => String(id)));
  for (const { key } of await context.inventory.list(context.chargePointId, 'event-stream')) {
    if (!ids.has(key)) await remove('event-stream', key);
  }
  for (const { id, variableMonitoringId, params } of streams) {
    await put('event-stream', id, { variableMonitoringId, ...pick(params, 'interval', 'values') });
  }
};
