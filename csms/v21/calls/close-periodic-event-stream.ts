import type { Handler } from '../../ocpp/handler.js';

/** N13: the station has ended a stream of values; it is forgotten, its values are not. */
export const closePeriodicEventStream: Handler<'ocpp2.1', 'ClosePeriodicEventStream'> = async (
  { id },
  { chargePointId, receivedAt, inventory },
) => {
  await inventory.remove(chargePointId, 'event-stream', String(id), receivedAt);
  return {};
};
