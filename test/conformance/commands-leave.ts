/**
 * What an answer leaves of a charge point of which nothing was known: kinds of the inventory, jobs, reservations by their state,
 * variables. What is not listed leaves nothing; so does a CALLERROR, and what is not valid, of any command.
 */
interface Left {
  /** Each yes. */
  yes?: string[];
  /** A yes with all that the answer may say, where that is more. */
  full?: string[];
  /** A no, by its word: what the charge point doesn't have is noted as absent. */
  no?: Record<string, string[]>;
}

/** By action, in whichever version it is. */
export const commandsLeave: Record<string, Left> = {
  AdjustPeriodicEventStream: { yes: ['event-stream'] },
  CancelReservation: { yes: ['reservation Cancelled'] },
  ChangeAvailability: { yes: ['availability'] },
  ChangeConfiguration: { yes: ['variables'] },
  ClearDisplayMessage: { yes: ['display-message'], no: { Unknown: ['display-message'] } },
  ClearTariffs: { full: ['tariff'] },
  ClearVariableMonitoring: { yes: ['monitor'], no: { NotFound: ['monitor'] } },
  GetChargingProfiles: { yes: ['job charging-profiles'] },
  GetCompositeSchedule: { full: ['composite-schedule'] },
  GetConfiguration: { full: ['variables'] },
  GetDiagnostics: { yes: ['job', 'job diagnostics'] },
  GetInstalledCertificateIds: { full: ['certificate'] },
  GetLocalListVersion: { yes: ['local-list'] },
  GetLog: { yes: ['job', 'job log'] },
  GetPeriodicEventStream: { full: ['event-stream'] },
  GetTariffs: { full: ['tariff'] },
  GetVariables: { yes: ['variables'] },
  PublishFirmware: { yes: ['job firmware-publishing', 'published-firmware'] },
  RemoteStartTransaction: { yes: ['remote-start'] },
  // The request with all that it may say has a charging profile, and the answer the transaction that it is of.
  RequestStartTransaction: { yes: ['remote-start'], full: ['charging-profile', 'remote-start'] },
  ReserveNow: {
    yes: ['reservation Active'],
    no: {
      Faulted: ['reservation Faulted'],
      Occupied: ['reservation Occupied'],
      Rejected: ['reservation Rejected'],
      Unavailable: ['reservation Unavailable'],
    },
  },
  SendLocalList: { yes: ['local-list'] },
  SetChargingProfile: { yes: ['charging-profile'] },
  SetDERControl: { yes: ['der-control'] },
  SetDefaultTariff: { yes: ['tariff'] },
  SetDisplayMessage: { yes: ['display-message'] },
  SetNetworkProfile: { yes: ['network-profile'] },
  SetVariableMonitoring: { full: ['monitor'] },
  SetVariables: { yes: ['variables'] },
  SignedUpdateFirmware: { yes: ['job', 'job firmware'] },
  UnpublishFirmware: { yes: ['published-firmware'], no: { NoFirmware: ['published-firmware'] } },
  UpdateFirmware: { yes: ['job', 'job firmware'] },
  UsePriorityCharging: { yes: ['priority-charging'] },
};
