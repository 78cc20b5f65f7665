import { credible } from '../../credible.js';
import { dateTime } from '../../ocpp/date-time.js';
import type { Handler } from '../../ocpp/handler.js';
import { pick } from '../../pick.js';

/** R05: a DER control answers an event of the grid, or that is over; kept, and told. */
export const notifyDERAlarm: Handler<'ocpp2.1', 'NotifyDERAlarm'> = async (
  { timestamp, alarmEnded: ended = false, ...request },
  { chargePointId, receivedAt, history, events },
) => {
  const at = credible(dateTime(timestamp), receivedAt);
  const detail = { ...pick(request, 'controlType', 'gridEventFault', 'extraInfo'), ended };
  const id = [detail.controlType, detail.gridEventFault, ended ? 'ended' : 'began'].filter(Boolean).join('-');
  await history.add({ chargePointId, kind: 'der-alarm', at, id, detail });
  const time = at.toISOString();
  await events.emit(chargePointId, 'der-alarm', `${id}-${time}`, { ...detail, at: time });
  return {};
};
