import type { Requests } from '../../../schemas/generated/ocpp2.1/types.js';
import { monitorEvents } from '../../device-model/monitor-event.js';
import { dateTime } from '../../ocpp/date-time.js';
import type { HandlerContext } from '../../ocpp/handler.js';
import { componentKey, variableKey } from '../component.js';

/** N07, N08: monitors of variables were triggered. Events stand for themselves, so it is no matter which part of several this is. */
export async function notifyEvent({ eventData }: Requests['NotifyEvent'], context: HandlerContext): Promise<object> {
  const events = eventData.map(({ customData: _, component, variable, timestamp, ...event }) => ({
    ...event,
    component: componentKey(component),
    variable: variableKey(variable),
    at: dateTime(timestamp),
  }));
  await monitorEvents(events, context);
  return {};
}
