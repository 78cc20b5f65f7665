import type {
  MonitoringDataType,
  NotifyMonitoringReportRequest,
  VariableMonitoringType,
} from '../../../schemas/generated/ocpp2.1/types.js';
import { putAll } from '../../inventory/put-all.js';
import { receivePart } from '../../jobs/receive-part.js';
import { dateTime } from '../../ocpp/date-time.js';
import type { HandlerContext } from '../../ocpp/handler.js';
import { pick } from '../../pick.js';
import { componentKey, variableKey } from '../component.js';

/** 2.0.1 does not say what set a monitor. */
type Monitor = Omit<VariableMonitoringType, 'eventNotificationType'> &
  Partial<Pick<VariableMonitoringType, 'eventNotificationType'>>;
type Monitored = Omit<MonitoringDataType, 'variableMonitoring'> & { variableMonitoring: Monitor[] };
type Request = Omit<NotifyMonitoringReportRequest, 'monitor'> & { monitor?: Monitored[] };

/** N02: a part of the monitors that the station has; each is kept, as last known. */
export async function notifyMonitoringReport(
  { requestId, seqNo, tbc = false, generatedAt, monitor = [] }: Request,
  context: HandlerContext,
): Promise<object> {
  await putAll('monitor', monitor.flatMap(itemsOf), context);
  const part = { seqNo, hasMore: tbc, generatedAt: dateTime(generatedAt) };
  await receivePart({ kind: 'monitoring-report', requestId, ...part }, context);
  return {};
}

function itemsOf({ component, variable, variableMonitoring }: Monitored) {
  const of = { component: componentKey(component), variable: variableKey(variable) };
  return variableMonitoring.map((monitor) => ({
    key: String(monitor.id),
    detail: { ...pick(monitor, 'type', 'value', 'severity', 'transaction', 'eventNotificationType'), ...of },
  }));
}
