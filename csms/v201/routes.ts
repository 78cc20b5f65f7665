import { type Action, type Handler, notSupported } from '../ocpp/handler.js';
import { authorize } from './calls/authorize.js';
import { bootNotification } from './calls/boot-notification.js';
import { dataTransfer } from './calls/data-transfer.js';
import { firmwareStatusNotification } from './calls/firmware-status-notification.js';
import { heartbeat } from './calls/heartbeat.js';
import { logStatusNotification } from './calls/log-status-notification.js';
import { meterValues } from './calls/meter-values.js';
import { notifyEvent } from './calls/notify-event.js';
import { notifyReport } from './calls/notify-report.js';
import { publishFirmwareStatusNotification } from './calls/publish-firmware-status-notification.js';
import { securityEventNotification } from './calls/security-event-notification.js';
import { signCertificate } from './calls/sign-certificate.js';
import { statusNotification } from './calls/status-notification.js';
import { transactionEvent } from './calls/transaction-event.js';

/** What a 2.0.1 charging station may call. */
export const routes = {
  Authorize: authorize,
  BootNotification: bootNotification,
  ClearedChargingLimit: notSupported,
  DataTransfer: dataTransfer,
  FirmwareStatusNotification: firmwareStatusNotification,
  Get15118EVCertificate: notSupported,
  GetCertificateStatus: notSupported,
  Heartbeat: heartbeat,
  LogStatusNotification: logStatusNotification,
  MeterValues: meterValues,
  NotifyChargingLimit: notSupported,
  NotifyCustomerInformation: notSupported,
  NotifyDisplayMessages: notSupported,
  NotifyEVChargingNeeds: notSupported,
  NotifyEVChargingSchedule: notSupported,
  NotifyEvent: notifyEvent,
  NotifyMonitoringReport: notSupported,
  NotifyReport: notifyReport,
  PublishFirmwareStatusNotification: publishFirmwareStatusNotification,
  ReportChargingProfiles: notSupported,
  ReservationStatusUpdate: notSupported,
  SecurityEventNotification: securityEventNotification,
  SignCertificate: signCertificate,
  StatusNotification: statusNotification,
  TransactionEvent: transactionEvent,
} as const satisfies { [A in Action<'ocpp2.0.1'>]?: Handler<'ocpp2.0.1', A> | typeof notSupported };
