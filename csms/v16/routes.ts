import type { Action, Handler } from '../ocpp/handler.js';
import { authorize } from './calls/authorize.js';
import { bootNotification } from './calls/boot-notification.js';
import { dataTransfer } from './calls/data-transfer.js';
import { diagnosticsStatusNotification } from './calls/diagnostics-status-notification.js';
import { firmwareStatusNotification } from './calls/firmware-status-notification.js';
import { heartbeat } from './calls/heartbeat.js';
import { logStatusNotification } from './calls/log-status-notification.js';
import { meterValues } from './calls/meter-values.js';
import { securityEventNotification } from './calls/security-event-notification.js';
import { signCertificate } from './calls/sign-certificate.js';
import { signedFirmwareStatusNotification } from './calls/signed-firmware-status-notification.js';
import { startTransaction } from './calls/start-transaction.js';
import { statusNotification } from './calls/status-notification.js';
import { stopTransaction } from './calls/stop-transaction.js';

/** What a 1.6 charge point may call. */
export const routes = {
  Authorize: authorize,
  BootNotification: bootNotification,
  DataTransfer: dataTransfer,
  DiagnosticsStatusNotification: diagnosticsStatusNotification,
  FirmwareStatusNotification: firmwareStatusNotification,
  Heartbeat: heartbeat,
  LogStatusNotification: logStatusNotification,
  MeterValues: meterValues,
  SecurityEventNotification: securityEventNotification,
  SignCertificate: signCertificate,
  SignedFirmwareStatusNotification: signedFirmwareStatusNotification,
  StartTransaction: startTransaction,
  StatusNotification: statusNotification,
  StopTransaction: stopTransaction,
} as const satisfies { [A in Action<'ocpp1.6'>]?: Handler<'ocpp1.6', A> };
