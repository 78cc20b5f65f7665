import { type Effect, noEffect } from '../ocpp/effect.js';
import type { Action } from '../ocpp/handler.js';
import { cancelReservation } from './commands/cancel-reservation.js';
import { changeAvailability } from './commands/change-availability.js';
import { changeConfiguration } from './commands/change-configuration.js';
import { deleteCertificate } from './commands/delete-certificate.js';
import { getConfiguration } from './commands/get-configuration.js';
import { getInstalledCertificateIds } from './commands/get-installed-certificate-ids.js';
import { getLocalListVersion } from './commands/get-local-list-version.js';
import { remoteStartTransaction } from './commands/remote-start-transaction.js';
import { reserveNow } from './commands/reserve-now.js';
import { sendLocalList } from './commands/send-local-list.js';

/** What a 1.6 charge point may be asked, and what its answer leaves. */
export const commands = {
  CancelReservation: cancelReservation,
  CertificateSigned: noEffect,
  ChangeAvailability: changeAvailability,
  ChangeConfiguration: changeConfiguration,
  ClearCache: noEffect,
  ClearChargingProfile: noEffect,
  DataTransfer: noEffect,
  DeleteCertificate: deleteCertificate,
  ExtendedTriggerMessage: noEffect,
  GetCompositeSchedule: noEffect,
  GetConfiguration: getConfiguration,
  GetDiagnostics: noEffect,
  GetInstalledCertificateIds: getInstalledCertificateIds,
  GetLocalListVersion: getLocalListVersion,
  GetLog: noEffect,
  InstallCertificate: noEffect,
  RemoteStartTransaction: remoteStartTransaction,
  RemoteStopTransaction: noEffect,
  ReserveNow: reserveNow,
  Reset: noEffect,
  SendLocalList: sendLocalList,
  SetChargingProfile: noEffect,
  SignedUpdateFirmware: noEffect,
  TriggerMessage: noEffect,
  UnlockConnector: noEffect,
  UpdateFirmware: noEffect,
} as const satisfies { [A in Action<'ocpp1.6'>]?: Effect<'ocpp1.6', A> | typeof noEffect };
