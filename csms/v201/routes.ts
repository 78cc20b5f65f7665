import type { Action, Handler } from '../ocpp/handler.js';
import { authorize } from './calls/authorize.js';
import { bootNotification } from './calls/boot-notification.js';
import { clearedChargingLimit } from './calls/cleared-charging-limit.js';
import { dataTransfer } from './calls/data-transfer.js';
import { firmwareStatusNotification } from './calls/firmware-status-notification.js';
import { get15118EVCertificate } from './calls/get-15118-ev-certificate.js';
import { getCertificateStatus } from './calls/get-certificate-status.js';
import { heartbeat } from './calls/heartbeat.js';
import { logStatusNotification } from './calls/log-status-notification.js';
import { meterValues } from './calls/meter-values.js';
import { notifyChargingLimit } from './calls/notify-charging-limit.js';
import { notifyCustomerInformation } from './calls/notify-customer-information.js';
import { notifyDisplayMessages } from './calls/notify-display-messages.js';
import { notifyEVChargingNeeds } from './calls/notify-ev-charging-needs.js';
import { notifyEVChargingSchedule } from './calls/notify-ev-charging-schedule.js';
import { notifyEvent } from './calls/notify-event.js';
import { notifyMonitoringReport } from './calls/notify-monitoring-report.js';
import { notifyReport } from './calls/notify-report.js';
import { publishFirmwareStatusNotification } from './calls/publish-firmware-status-notification.js';
import { reportChargingProfiles } from './calls/report-charging-profiles.js';
import { reservationStatusUpdate } from './calls/reservation-status-update.js';
import { securityEventNotification } from './calls/security-event-notification.js';
import { signCertificate } from './calls/sign-certificate.js';
import { statusNotification } from './calls/status-notification.js';
import { transactionEvent } from './calls/transaction-event.js';

/** What a 2.0.1 charging station may call. */
export const routes = {
  Authorize: authorize,
  BootNotification: bootNotification,
  ClearedChargingLimit: clearedChargingLimit,
  DataTransfer: dataTransfer,
  FirmwareStatusNotification: firmwareStatusNotification,
  Get15118EVCertificate: get15118EVCertificate,
  GetCertificateStatus: getCertificateStatus,
  Heartbeat: heartbeat,
  LogStatusNotification: logStatusNotification,
  MeterValues: meterValues,
  NotifyChargingLimit: notifyChargingLimit,
  NotifyCustomerInformation: notifyCustomerInformation,
  NotifyDisplayMessages: notifyDisplayMessages,
  NotifyEVChargingNeeds: notifyEVChargingNeeds,
  NotifyEVChargingSchedule: notifyEVChargingSchedule,
  NotifyEvent: notifyEvent,
  NotifyMonitoringReport: notifyMonitoringReport,
  NotifyReport: notifyReport,
  PublishFirmwareStatusNotification: publishFirmwareStatusNotification,
  ReportChargingProfiles: reportChargingProfiles,
  ReservationStatusUpdate: reservationStatusUpdate,
  SecurityEventNotification: securityEventNotification,
  SignCertificate: signCertificate,
  StatusNotification: statusNotification,
  TransactionEvent: transactionEvent,
} as const satisfies { [A in Action<'ocpp2.0.1'>]?: Handler<'ocpp2.0.1', A> };
