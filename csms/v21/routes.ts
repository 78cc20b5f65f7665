import type { Action, Handler } from '../ocpp/handler.js';
import { routes as v201 } from '../v201/routes.js';
import { batterySwap } from './calls/battery-swap.js';
import { closePeriodicEventStream } from './calls/close-periodic-event-stream.js';
import { getCertificateChainStatus } from './calls/get-certificate-chain-status.js';
import { notifyDERAlarm } from './calls/notify-der-alarm.js';
import { notifyDERStartStop } from './calls/notify-der-start-stop.js';
import { notifyEVChargingNeeds } from './calls/notify-ev-charging-needs.js';
import { notifyPeriodicEventStream } from './calls/notify-periodic-event-stream.js';
import { notifyPriorityCharging } from './calls/notify-priority-charging.js';
import { notifySettlement } from './calls/notify-settlement.js';
import { openPeriodicEventStream } from './calls/open-periodic-event-stream.js';
import { pullDynamicScheduleUpdate } from './calls/pull-dynamic-schedule-update.js';
import { reportDERControl } from './calls/report-der-control.js';
import { vatNumberValidation } from './calls/vat-number-validation.js';

/** What a 2.1 charging station may call: a handler of 2.0.1 serves wherever 2.1 means the same. */
export const routes = {
  ...v201,
  BatterySwap: batterySwap,
  ClosePeriodicEventStream: closePeriodicEventStream,
  GetCertificateChainStatus: getCertificateChainStatus,
  NotifyDERAlarm: notifyDERAlarm,
  NotifyDERStartStop: notifyDERStartStop,
  NotifyEVChargingNeeds: notifyEVChargingNeeds,
  NotifyPeriodicEventStream: notifyPeriodicEventStream,
  NotifyPriorityCharging: notifyPriorityCharging,
  NotifySettlement: notifySettlement,
  OpenPeriodicEventStream: openPeriodicEventStream,
  PullDynamicScheduleUpdate: pullDynamicScheduleUpdate,
  ReportDERControl: reportDERControl,
  VatNumberValidation: vatNumberValidation,
} as const satisfies { [A in Action<'ocpp2.1'>]?: Handler<'ocpp2.1', A> };
