import type { Reservation } from '../../csms/reservations/ports.js';
import { stateOf } from '../../csms/reservations/state.js';
import type { Answered } from '../system/command-outcomes.js';

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
const commandsLeave: Record<string, Left> = {
  AdjustPeriodicEventStream: { yes: ['event-stream'] },
  CancelReservation: { yes: ['reservation Cancelled'] },
  ChangeAvailability: { yes: ['availability'] },
  ChangeConfiguration: { yes: ['variables'] },
  ClearDisplayMessage: { yes: ['display-message'], no: { Unknown: ['display-message'] } },
  ClearTariffs: { full: ['tariff'] },
  ClearVariableMonitoring: { yes: ['monitor'], no: { NotFound: ['monitor'] } },
  CustomerInformation: { yes: ['job customer-information'] },
  GetBaseReport: { yes: ['job report'] },
  GetChargingProfiles: { yes: ['job charging-profiles'] },
  GetCompositeSchedule: { full: ['composite-schedule'] },
  GetConfiguration: { full: ['variables'] },
  GetDERControl: { yes: ['job der-controls'] },
  GetDiagnostics: { yes: ['job', 'job diagnostics'] },
  GetDisplayMessages: { yes: ['job display-messages'] },
  GetInstalledCertificateIds: { full: ['certificate'] },
  GetLocalListVersion: { yes: ['local-list'] },
  GetLog: { yes: ['job', 'job log'] },
  GetMonitoringReport: { yes: ['job monitoring-report'] },
  GetPeriodicEventStream: { full: ['event-stream'] },
  GetReport: { yes: ['job report'] },
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

/** What is stored of a charge point, wherever that is. */
interface Stored {
  /** Of what is in the inventory. */
  kinds: string[];
  /** `{kind}#{requestId}` */
  jobs: string[];
  reservations: Reservation[];
  /** Of its device model. */
  components: unknown[];
}

/** What is known of a charge point, in the words of the table. */
export function left({ kinds, jobs, reservations, components }: Stored): string[] {
  const all = [
    ...kinds,
    ...jobs.map((job) => `job ${job.split('#')[0]}`),
    ...reservations.map((one) => `reservation ${stateOf(one)?.status}`),
    ...(components.length > 0 ? ['variables'] : []),
  ];
  return [...new Set(all)].sort();
}

/** What it is to be after an answer, by the table. */
export function toBeLeft(action: string, { name, status }: Answered): string[] {
  const { yes = [], full = yes, no = {} } = commandsLeave[action] ?? {};
  if (status === 'rejected') return no[name] ?? [];
  if (status !== 'accepted') return [];
  return name === 'with all that it may say' ? full : yes;
}
