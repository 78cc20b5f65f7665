import { reportStatus } from '../connectors/status.js';
import { credible } from '../credible.js';
import { each } from '../each.js';
import type { HandlerContext } from '../ocpp/handler.js';
import type { ComponentKey, VariableKey } from './ports.js';
import { recordVariables } from './record.js';

/** So many entries of the history are written at once. */
const atOnce = 8;

/** What a connector's AvailabilityState may be. */
const statuses = ['Available', 'Occupied', 'Reserved', 'Unavailable', 'Faulted'];

/** N07, N08: a monitor of a variable was triggered, or it is time for its value. */
export interface MonitorEvent {
  eventId: number;
  /** By the charge point's clock. */
  at: Date;
  /** Alerting, Delta or Periodic. */
  trigger: string;
  /** What set the monitor: HardWiredNotification, HardWiredMonitor, PreconfiguredMonitor or CustomMonitor. */
  eventNotificationType: string;
  component: ComponentKey;
  variable: VariableKey;
  actualValue: string;
  /** The event that caused this one. */
  cause?: number;
  /** Is what an earlier event told over? */
  cleared?: boolean;
  techCode?: string;
  techInfo?: string;
  transactionId?: string;
  variableMonitoringId?: number;
  /** 2.1 only: 0 is danger, 9 is debug. */
  severity?: number;
}

/** Keeps each event, and what it says of its variable and of its connector; then tells it. */
export async function monitorEvents(told: MonitorEvent[], context: HandlerContext): Promise<void> {
  const { chargePointId, receivedAt, history, events } = context;
  await each(told, atOnce, ({ at, ...detail }) =>
    history.add({ chargePointId, kind: 'monitor-event', at, id: String(detail.eventId), detail }),
  );
  const values = told.map(({ component, variable, actualValue, at }) => ({
    ...{ component, variable, attributes: [{ type: 'Actual', value: actualValue }] },
    told: { at: credible(at, receivedAt).toISOString(), receivedAt: receivedAt.toISOString() },
  }));
  await recordVariables(values, context);
  for (const event of told) await reportConnector(event, context);
  await each(told, atOnce, ({ at, ...detail }) => {
    const time = at.toISOString();
    return events.emit(chargePointId, 'monitor-event', `${detail.eventId}-${time}`, { ...detail, at: time });
  });
}

/** G01.FR.03-07: a connector's AvailabilityState is what StatusNotification tells, which is deprecated in 2.1. */
async function reportConnector(
  { component, variable, actualValue: status, at }: MonitorEvent,
  context: HandlerContext,
): Promise<void> {
  const { name, evseId, connectorId } = component;
  const isState = name.toLowerCase() === 'connector' && variable.name.toLowerCase() === 'availabilitystate';
  if (!isState || evseId === undefined || connectorId === undefined || !statuses.includes(status)) return;
  await reportStatus({ evseId, connectorId, status, at }, context);
}
