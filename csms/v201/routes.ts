import { type Action, type Handler, notSupported } from '../ocpp/handler.js';
import { authorize } from './calls/authorize.js';
import { bootNotification } from './calls/boot-notification.js';
import { heartbeat } from './calls/heartbeat.js';
import { statusNotification } from './calls/status-notification.js';

/** What a 2.0.1 charging station may call. */
export const routes = {
  Authorize: authorize,
  BootNotification: bootNotification,
  ClearedChargingLimit: notSupported,
  DataTransfer: notSupported,
  FirmwareStatusNotification: notSupported,
  Get15118EVCertificate: notSupported,
  GetCertificateStatus: notSupported,
  Heartbeat: heartbeat,
  LogStatusNotification: notSupported,
  MeterValues: notSupported,
  NotifyChargingLimit: notSupported,
  NotifyCustomerInformation: notSupported,
  NotifyDisplayMessages: notSupported,
  NotifyEVChargingNeeds: notSupported,
  NotifyEVChargingSchedule: notSupported,
  NotifyEvent: notSupported,
  NotifyMonitoringReport: notSupported,
  NotifyReport: notSupported,
  PublishFirmwareStatusNotification: notSupported,
  ReportChargingProfiles: notSupported,
  ReservationStatusUpdate: notSupported,
  SecurityEventNotification: notSupported,
  SignCertificate: notSupported,
  StatusNotification: statusNotification,
  TransactionEvent: notSupported,
} as const satisfies { [A in Action<'ocpp2.0.1'>]?: Handler<'ocpp2.0.1', A> | typeof notSupported };
