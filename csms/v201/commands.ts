import { type Effect, noEffect } from '../ocpp/effect.js';
import type { Action } from '../ocpp/handler.js';
import { cancelReservation } from './commands/cancel-reservation.js';
import { changeAvailability } from './commands/change-availability.js';
import { clearChargingProfile } from './commands/clear-charging-profile.js';
import { clearDisplayMessage } from './commands/clear-display-message.js';
import { clearVariableMonitoring } from './commands/clear-variable-monitoring.js';
import { customerInformation } from './commands/customer-information.js';
import { deleteCertificate } from './commands/delete-certificate.js';
import { getBaseReport } from './commands/get-base-report.js';
import { getChargingProfiles } from './commands/get-charging-profiles.js';
import { getCompositeSchedule } from './commands/get-composite-schedule.js';
import { getDisplayMessages } from './commands/get-display-messages.js';
import { getInstalledCertificateIds } from './commands/get-installed-certificate-ids.js';
import { getLocalListVersion } from './commands/get-local-list-version.js';
import { getLog } from './commands/get-log.js';
import { getMonitoringReport } from './commands/get-monitoring-report.js';
import { getReport } from './commands/get-report.js';
import { getVariables } from './commands/get-variables.js';
import { installCertificate } from './commands/install-certificate.js';
import { publishFirmware } from './commands/publish-firmware.js';
import { requestStartTransaction } from './commands/request-start-transaction.js';
import { reserveNow } from './commands/reserve-now.js';
import { sendLocalList } from './commands/send-local-list.js';
import { setChargingProfile } from './commands/set-charging-profile.js';
import { setDisplayMessage } from './commands/set-display-message.js';
import { setMonitoringBase } from './commands/set-monitoring-base.js';
import { setNetworkProfile } from './commands/set-network-profile.js';
import { setVariableMonitoring } from './commands/set-variable-monitoring.js';
import { setVariables } from './commands/set-variables.js';
import { unpublishFirmware } from './commands/unpublish-firmware.js';
import { updateFirmware } from './commands/update-firmware.js';

/** What a 2.0.1 charging station may be asked, and what its answer leaves. */
export const commands = {
  CancelReservation: cancelReservation,
  CertificateSigned: noEffect,
  ChangeAvailability: changeAvailability,
  ClearCache: noEffect,
  ClearChargingProfile: clearChargingProfile,
  ClearDisplayMessage: clearDisplayMessage,
  ClearVariableMonitoring: clearVariableMonitoring,
  CostUpdated: noEffect,
  CustomerInformation: customerInformation,
  DataTransfer: noEffect,
  DeleteCertificate: deleteCertificate,
  GetBaseReport: getBaseReport,
  GetChargingProfiles: getChargingProfiles,
  GetCompositeSchedule: getCompositeSchedule,
  GetDisplayMessages: getDisplayMessages,
  GetInstalledCertificateIds: getInstalledCertificateIds,
  GetLocalListVersion: getLocalListVersion,
  GetLog: getLog,
  GetMonitoringReport: getMonitoringReport,
  GetReport: getReport,
  GetTransactionStatus: noEffect,
  GetVariables: getVariables,
  InstallCertificate: installCertificate,
  PublishFirmware: publishFirmware,
  RequestStartTransaction: requestStartTransaction,
  RequestStopTransaction: noEffect,
  ReserveNow: reserveNow,
  Reset: noEffect,
  SendLocalList: sendLocalList,
  SetChargingProfile: setChargingProfile,
  SetDisplayMessage: setDisplayMessage,
  SetMonitoringBase: setMonitoringBase,
  SetMonitoringLevel: noEffect,
  SetNetworkProfile: setNetworkProfile,
  SetVariableMonitoring: setVariableMonitoring,
  SetVariables: setVariables,
  TriggerMessage: noEffect,
  UnlockConnector: noEffect,
  UnpublishFirmware: unpublishFirmware,
  UpdateFirmware: updateFirmware,
} as const satisfies { [A in Action<'ocpp2.0.1'>]?: Effect<'ocpp2.0.1', A> | typeof noEffect };
