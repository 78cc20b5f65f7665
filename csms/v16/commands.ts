import { type Effect, noEffect } from '../ocpp/effect.js';
import type { Action } from '../ocpp/handler.js';
import { cancelReservation } from './commands/cancel-reservation.js';
import { changeAvailability } from './commands/change-availability.js';
import { changeConfiguration } from './commands/change-configuration.js';
import { clearChargingProfile } from './commands/clear-charging-profile.js';
import { deleteCertificate } from './commands/delete-certificate.js';
import { getCompositeSchedule } from './commands/get-composite-schedule.js';
import { getConfiguration } from './commands/get-configuration.js';
import { getDiagnostics } from './commands/get-diagnostics.js';
import { getInstalledCertificateIds } from './commands/get-installed-certificate-ids.js';
import { getLocalListVersion } from './commands/get-local-list-version.js';
import { getLog } from './commands/get-log.js';
import { installCertificate } from './commands/install-certificate.js';
import { remoteStartTransaction } from './commands/remote-start-transaction.js';
import { reserveNow } from './commands/reserve-now.js';
import { sendLocalList } from './commands/send-local-list.js';
import { setChargingProfile } from './commands/set-charging-profile.js';
import { signedUpdateFirmware } from './commands/signed-update-firmware.js';
import { updateFirmware } from './commands/update-firmware.js';

/** What a 1.6 charge point may be asked, and what its answer leaves. */
export const commands = {
  CancelReservation: cancelReservation,
  CertificateSigned: noEffect,
  ChangeAvailability: changeAvailability,
  ChangeConfiguration: changeConfiguration,
  ClearCache: noEffect,
  ClearChargingProfile: clearChargingProfile,
  DataTransfer: noEffect,
  DeleteCertificate: deleteCertificate,
  ExtendedTriggerMessage: noEffect,
  GetCompositeSchedule: getCompositeSchedule,
  GetConfiguration: getConfiguration,
  GetDiagnostics: getDiagnostics,
  GetInstalledCertificateIds: getInstalledCertificateIds,
  GetLocalListVersion: getLocalListVersion,
  GetLog: getLog,
  InstallCertificate: installCertificate,
  RemoteStartTransaction: remoteStartTransaction,
  RemoteStopTransaction: noEffect,
  ReserveNow: reserveNow,
  Reset: noEffect,
  SendLocalList: sendLocalList,
  SetChargingProfile: setChargingProfile,
  SignedUpdateFirmware: signedUpdateFirmware,
  TriggerMessage: noEffect,
  UnlockConnector: noEffect,
  UpdateFirmware: updateFirmware,
} as const satisfies { [A in Action<'ocpp1.6'>]?: Effect<'ocpp1.6', A> | typeof noEffect };
