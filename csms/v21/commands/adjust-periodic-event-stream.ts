import { asOf } from '../../inventory/asked.js';
import type { Effect } from '../../ocpp/effect.js';
import { pick } from '../../pick.js';

/** N14: a stream has another pace. */
export const adjustPeriodicEventStream: Effect<'ocpp2.1', 'AdjustPeriodicEventStream'> = async (answered, context) => {
  const { request, response, at } = answered;
  if (response.status !== 'Accepted') return;
  const known = await context.inventory.find(context.chargePointId, 'event-stream', String(request.id));
  const detail = { ...known?.detail, ...pick(request.params, 'interval', 'values') };
  await asOf(at, context).put('event-stream', request.id, detail);
};
