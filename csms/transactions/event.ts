import type { MeterValue } from '../meter-values/ports.js';
import type { Register } from '../meter-values/registers.js';
import type { Protocol } from '../ocpp/protocol.js';
import type { PresentedToken } from './ports.js';

/** What a message tells of a transaction, in any version. */
export interface TransactionEvent {
  type: 'started' | 'updated' | 'ended';
  chargePointId: string;
  transactionId: string;
  protocol: Protocol;
  /** The charge point's time. */
  at: Date;
  receivedAt: Date;
  /** 2.x only. */
  seqNo?: number;
  /** Where its charge point stands, for a transaction that is new. */
  site?: string | undefined;
  evseId?: number;
  connectorId?: number;
  idToken?: PresentedToken;
  /** Was the token presented to stop it? */
  isStop?: boolean;
  chargingState?: string;
  tariffId?: string;
  /** JSON */
  transactionLimit?: string;
  /** JSON */
  costDetails?: string;
  reason?: string;
  remoteStartId?: number;
  reservationId?: number;
  offline?: boolean;
  meterValues: MeterValue[];
  /** 1.6: the register as the message itself has it. */
  register?: Register;
  /** 1.6: what a start is known by when it is told again. */
  startKey?: string;
  /** 1.6, where the CSMS gives the ids: an id that it never gave is no transaction. */
  isKnownOnly?: boolean;
  /** 1.6: it names no transaction, and is about the one that is open on its connector, if all of it is from after its start. */
  isUnnamed?: boolean;
}
