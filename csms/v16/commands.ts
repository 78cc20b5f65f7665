import { type Effect, noEffect } from '../ocpp/effect.js';
import type { Action } from '../ocpp/handler.js';
import { changeConfiguration } from './commands/change-configuration.js';
import { getConfiguration } from './commands/get-configuration.js';

/** What a 1.6 charge point may be asked, and what its answer leaves. */
export const commands = {
  CancelReservation: noEffect,
  CertificateSigned: noEffect,
  ChangeAvailability: noEffect,
  ChangeConfiguration: changeConfiguration,
  ClearCache: noEffect,
  ClearChargingProfile: noEffect,
  DataTransfer: noEffect,
  DeleteCertificate: noEffect,
  ExtendedTriggerMessage: noEffect,
  GetCompositeSchedule: noEffect,
  GetConfiguration: getConfiguration,
  GetDiagnostics: noEffect,
  GetInstalledCertificateIds: noEffect,
  GetLocalListVersion: noEffect,
  GetLog: noEffect,
  InstallCertificate: noEffect,
  RemoteStartTransaction: noEffect,
  RemoteStopTransaction: noEffect,
  ReserveNow: noEffect,
  Reset: noEffect,
  SendLocalList: noEffect,
  SetChargingProfile: noEffect,
  SignedUpdateFirmware: noEffect,
  TriggerMessage: noEffect,
  UnlockConnector: noEffect,
  UpdateFirmware: noEffect,
} as const satisfies { [A in Action<'ocpp1.6'>]?: Effect<'ocpp1.6', A> | typeof noEffect };
