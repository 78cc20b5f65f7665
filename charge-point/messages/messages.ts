import type { Payload } from '../client/frames.js';
import type { Protocol } from '../protocols.js';
import { ocpp16 } from './ocpp1.6.js';
import { ocpp2 } from './ocpp2.js';

/** What a charge point says about itself when it boots. */
export interface Hardware {
  serial: string;
  model: string;
  /** Of the firmware. */
  version: string;
  vendor: string;
  /** How many connectors there are; 2.x: EVSEs with one connector each. */
  connectors: number;
}

export type BootReason = 'PowerUp' | 'LocalReset' | 'RemoteReset' | 'ScheduledReset' | 'Watchdog';

/** How a connector is. 2.x has one word, Occupied, for all that have a cable. */
export type ConnectorStatus =
  | 'Available'
  | 'Preparing'
  | 'Charging'
  | 'Finishing'
  | 'Reserved'
  | 'Unavailable'
  | 'Faulted';

/** Why a session ended, in 1.6's words. */
export type StopReason =
  | 'Local'
  | 'EVDisconnected'
  | 'DeAuthorized'
  | 'PowerLoss'
  | 'Remote'
  | 'SoftReset'
  | 'HardReset'
  | 'UnlockCommand';

/** What happened in a session, and what the meter showed then. */
export interface Happening {
  what: 'plugged' | 'authorized' | 'started remotely' | 'sampled' | 'asked for' | 'ended';
  /** ISO 8601 UTC. */
  at: string;
  /** The register, in whole Wh. */
  wh: number;
  isOffline: boolean;
  /** Of an end. */
  reason?: StopReason;
}

/** A session as its charge point knows it: a cable, a token, and once there are both, a transaction. */
export interface Session {
  /** 1.6: its connector; 2.x: its EVSE. */
  connector: number;
  isPlugged: boolean;
  idToken?: string;
  /** Somebody is about to start it remotely: the token is asked for. */
  isClaimed: boolean;
  /** 2.x, of a remote start. */
  remoteStartId?: number;
  reservationId?: number;
  /** 2.x: the charge point's own. 1.6: the CSMS's, once it has answered. */
  transactionId?: unknown;
  /** How many messages there were. */
  told: number;
  /** The CSMS said of the token that it may not charge. */
  isRefused: boolean;
  isEnded: boolean;
  /** Aborted when it is ended. */
  over: AbortController;
}

/** A message about a transaction. */
export interface TransactionMessage {
  action: string;
  /** Made when it is its turn: 1.6 knows no transaction id before the start is answered. */
  payload(): Payload;
  answered(answer: Payload): void;
}

/** How one version of OCPP spells what all of them say. */
export interface Messages {
  /** 1.6 reports the charge point itself as connector 0. */
  firstConnector: 0 | 1;
  bootNotification(hardware: Hardware, reason: BootReason): Payload;
  /** The version's word. */
  connectorStatus(status: ConnectorStatus): string;
  /** @param status the version's word; `at` in ISO 8601 UTC. */
  statusNotification(connector: number, status: string, at: string): Payload;
  heartbeat(): Payload;
  authorize(idToken: string): Payload;
  /** What an answer says of a token, in all versions `Accepted` when it may charge; undefined when nothing. */
  authorization(answer: Payload): string | undefined;
  /** What the meter shows outside transactions, because the CSMS asked. @param wh the register, in whole Wh */
  meterValues(connector: number, wh: number, at: string): Payload;
  /** Undefined when this version has nothing to say of it. */
  transaction(session: Session, happening: Happening): TransactionMessage | undefined;
}

export const messages: Record<Protocol, Messages> = {
  'ocpp1.6': ocpp16,
  'ocpp2.0.1': ocpp2,
  'ocpp2.1': ocpp2,
};
