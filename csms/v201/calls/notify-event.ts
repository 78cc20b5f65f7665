import type { EventDataType } from '../../../schemas/generated/ocpp2.1/types.js';
import { type MonitorEvent, monitorEvents } from '../../device-model/monitor-event.js';
import { dateTime } from '../../ocpp/date-time.js';
import type { Handler } from '../../ocpp/handler.js';
import { pick } from '../../pick.js';
import { componentKey, variableKey } from '../component.js';

/**
 * N07, N08, G01: monitors of variables were triggered, by which a connector may tell its state as well. Each event stands for
 * itself, whichever part of several this is.
 */
export const notifyEvent: Handler<'ocpp2.1', 'NotifyEvent'> = async ({ eventData }, context) => {
  await monitorEvents(eventData.map(eventOf), context);
  return {};
};

function eventOf(event: EventDataType): MonitorEvent {
  return {
    ...pick(event, 'eventId', 'trigger', 'eventNotificationType', 'actualValue', 'cause', 'cleared'),
    ...pick(event, 'techCode', 'techInfo', 'transactionId', 'variableMonitoringId', 'severity'),
    component: componentKey(event.component),
    variable: variableKey(event.variable),
    at: dateTime(event.timestamp),
  };
}
