import type { Blanks } from '../commands/blanks.js';
import type { Action } from '../ocpp/handler.js';

const request = { requestId: 'request' } as const;

/** What may be left out of a command of 2.0.1. */
export const blanks = {
  CustomerInformation: request,
  GetBaseReport: request,
  GetChargingProfiles: request,
  GetDisplayMessages: request,
  GetLog: { ...request, log: { remoteLocation: 'log' } },
  GetMonitoringReport: request,
  GetReport: request,
  PublishFirmware: { ...request, location: 'firmware' },
  RequestStartTransaction: { remoteStartId: 'remote-start', 'chargingProfile?': { id: 'charging-profile' } },
  ReserveNow: { id: 'reservation' },
  SendLocalList: { versionNumber: 'local-list' },
  SetChargingProfile: { 'chargingProfile?': { id: 'charging-profile' } },
  SetDisplayMessage: { 'message?': { id: 'display-message' } },
  UpdateFirmware: { ...request, firmware: { retrieveDateTime: 'now', location: 'firmware' } },
} as const satisfies { [A in Action<'ocpp2.0.1'>]?: Blanks };
