import { type Action, type Handler, notSupported } from '../ocpp/handler.js';
import { authorize } from './calls/authorize.js';
import { bootNotification } from './calls/boot-notification.js';
import { heartbeat } from './calls/heartbeat.js';
import { statusNotification } from './calls/status-notification.js';

/** What a 1.6 charge point may call. */
export const routes = {
  Authorize: authorize,
  BootNotification: bootNotification,
  DataTransfer: notSupported,
  DiagnosticsStatusNotification: notSupported,
  FirmwareStatusNotification: notSupported,
  Heartbeat: heartbeat,
  LogStatusNotification: notSupported,
  MeterValues: notSupported,
  SecurityEventNotification: notSupported,
  SignCertificate: notSupported,
  SignedFirmwareStatusNotification: notSupported,
  StartTransaction: notSupported,
  StatusNotification: statusNotification,
  StopTransaction: notSupported,
} as const satisfies { [A in Action<'ocpp1.6'>]?: Handler<'ocpp1.6', A> | typeof notSupported };
