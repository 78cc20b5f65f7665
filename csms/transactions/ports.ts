import type { AuthorizationStatus } from '../id-tokens/ports.js';
import type { Protocol } from '../ocpp/protocol.js';
import type { Ranges } from '../sequence.js';
import type { TransactionRegister } from './energy.js';
import type { Contender, Place } from './place.js';

/** Something that an event told, and which: of two, the order of their events decides, and not that of their arrival. */
export interface Told<T> extends Place, Contender<Told<T>> {
  value: T;
  /** Did the event say that the transaction started, or ended? */
  of?: 'started' | 'ended';
}

/** A token as it was presented, and what was said of it. */
export interface PresentedToken {
  idToken: string;
  /** 2.x only. */
  type?: string;
  authorization: AuthorizationStatus;
  /** May it be in one transaction only at a time? */
  oneTransaction?: true;
}

/**
 * What is known of a transaction from the events that came, whichever they are. Times are ISO 8601 UTC, and the charge
 * point's: where those can't be, they are of the reception, and what the charge point said stands in `by`.
 */
export interface Transaction {
  chargePointId: string;
  /** 1.6: the decimal number that the CSMS gave. 2.x: the charge point's own. */
  transactionId: string;
  protocol: Protocol;
  /** Where its charge point stood when it began, as an operator had said. */
  site?: string;
  evseId?: number;
  connectorId?: number;
  /** Missing when its start was never told. */
  startedAt?: Told<string>;
  ended?: Told<{ at: string; reason?: string }>;
  /**
   * When something was last known of it, if the CSMS takes it for ended, since it will hear no more of it. An end that is told
   * after all overrules that.
   */
  forgottenAt?: string;
  /** Was it forgotten for its silence? When something is heard of it after all, it goes on. */
  silent?: true;
  /** The token that it is charged to: the first that may charge, or else the first that was presented to. */
  idToken?: Told<PresentedToken>;
  /** The others that were presented to charge: of each token the first with each verdict. */
  otherIdTokens?: Told<PresentedToken>[];
  /** The token that ended it. */
  stopIdToken?: Told<PresentedToken>;
  chargingState?: Told<string>;
  /** 2.1: the tariff by which the station calculates what it costs. */
  tariffId?: Told<string>;
  /** 2.1: the limit that the station has set to it, as JSON: no store has room for each number that one may say. */
  transactionLimit?: Told<string>;
  /** 2.1: what the station says that it costs, as JSON, without the periods that it is made of. */
  costDetails?: Told<string>;
  remoteStartId?: number;
  reservationId?: number;
  /** The charging profiles that are of this transaction only. */
  chargingProfileIds?: number[];
  /** The remote start that asked for it. */
  commandId?: string;
  /** Did any of it happen while there was no connection? */
  offline?: true;
  /** Of its own connector: what it began with and the last that is known. */
  begin?: TransactionRegister;
  end?: TransactionRegister;
  /** Wh. Missing as long as one of the registers is, and where the meter ran backwards. */
  energy?: number;
  /** 2.x: which of its events came. */
  seqNos?: Ranges;
  /** When it started, or as long as that wasn't told the time of its earliest event that came. */
  firstAt: string;
  /** The first event but its end in the last quarter of an hour that there was one in: the one that is told of. */
  updateBy?: string;
  /** When the system last heard of it. */
  heardAt: string;
  /** 1.6: what its start is known by when it is told again. */
  startKey?: string;
}

/** A transaction as it is stored. */
export interface StoredTransaction extends Transaction {
  /** Counts its changes: of two states of one transaction, that of the greater revision is the later. */
  revision: number;
}

export interface Transactions {
  /** Strongly consistent. */
  find(chargePointId: string, transactionId: string): Promise<StoredTransaction | undefined>;
  /** The ids of those on an EVSE that have not ended. Strongly consistent. */
  openOn(chargePointId: string, evseId: number): Promise<string[]>;
  /** Those that are open though they were to be forgotten by `now`, the longest due first. May be behind. */
  due(now: Date, limit: number): Promise<Pick<Transaction, 'chargePointId' | 'transactionId'>[]>;
  /**
   * Applies `transition` to the transaction as it is, and again should somebody else have changed it meanwhile.
   *
   * @param transition pure; told undefined when there is none, and returns undefined to leave things as they are
   * @returns the transaction as it is now
   */
  change(
    chargePointId: string,
    transactionId: string,
    transition: (transaction: Transaction | undefined) => Transaction | undefined,
  ): Promise<StoredTransaction | undefined>;
}

/** Has it neither ended nor been forgotten? */
export function isOpen({ ended, forgottenAt }: Transaction): boolean {
  return !ended && !forgottenAt;
}
