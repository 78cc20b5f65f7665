import type { Blanks } from '../commands/blanks.js';
import type { Action } from '../ocpp/handler.js';

/** What may be left out of a command of 1.6. */
export const blanks = {
  GetDiagnostics: { location: 'diagnostics' },
  GetLog: { requestId: 'request', log: { remoteLocation: 'log' } },
  RemoteStartTransaction: { 'chargingProfile?': { chargingProfileId: 'charging-profile' } },
  ReserveNow: { reservationId: 'reservation' },
  SendLocalList: { listVersion: 'local-list' },
  SetChargingProfile: { 'csChargingProfiles?': { chargingProfileId: 'charging-profile' } },
  SignedUpdateFirmware: { requestId: 'request', 'firmware?': { retrieveDateTime: 'now', location: 'firmware' } },
  UpdateFirmware: { retrieveDate: 'now', location: 'firmware' },
} as const satisfies { [A in Action<'ocpp1.6'>]?: Blanks };
