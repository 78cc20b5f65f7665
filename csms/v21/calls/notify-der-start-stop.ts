import { credible } from '../../credible.js';
import { dateTime } from '../../ocpp/date-time.js';
import type { Handler } from '../../ocpp/handler.js';
import { pick } from '../../pick.js';

/** R04.FR.20: a DER control took effect, or has ended; the last of each is kept, and told. */
export const notifyDERStartStop: Handler<'ocpp2.1', 'NotifyDERStartStop'> = async (
  { controlId, timestamp, ...request },
  { chargePointId, receivedAt, inventory, events },
) => {
  const at = credible(dateTime(timestamp), receivedAt);
  const detail = pick(request, 'started', 'supersededIds');
  const isNewest = await inventory.put({ chargePointId, kind: 'der-activity', key: controlId, at, detail });
  const time = at.toISOString();
  const id = `${controlId}-${request.started ? 'started' : 'ended'}-${time}`;
  if (isNewest) await events.emit(chargePointId, 'der-control', id, { controlId, at: time, ...detail });
  return {};
};
