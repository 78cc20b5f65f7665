import { type Action, type Handler, notSupported } from '../ocpp/handler.js';
import { routes as v201 } from '../v201/routes.js';

/** What a 2.1 charging station may call: a handler of 2.0.1 serves wherever 2.1 means the same. */
export const routes = {
  ...v201,
  BatterySwap: notSupported,
  ClosePeriodicEventStream: notSupported,
  GetCertificateChainStatus: notSupported,
  NotifyDERAlarm: notSupported,
  NotifyDERStartStop: notSupported,
  NotifyPeriodicEventStream: notSupported,
  NotifyPriorityCharging: notSupported,
  NotifySettlement: notSupported,
  OpenPeriodicEventStream: notSupported,
  PullDynamicScheduleUpdate: notSupported,
  ReportDERControl: notSupported,
  VatNumberValidation: notSupported,
} as const satisfies { [A in Action<'ocpp2.1'>]?: Handler<'ocpp2.1', A> | typeof notSupported };
