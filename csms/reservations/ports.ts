/** What a charge point was asked to keep free, and for whom. */
export interface Asked {
  /** When the request was sent, ISO 8601 UTC: whatever comes of it is told later. */
  at: string;
  commandId: string;
  /** 1.6: the connector. Missing where any will do. */
  evseId?: number;
  /** 2.x: the kind of connector that is wanted, where any EVSE will do. */
  connectorType?: string;
  idToken: string;
  groupIdToken?: string;
  /** ISO 8601 UTC. */
  expiresAt: string;
}

/** A transaction that named it, ISO 8601 UTC. */
export interface Use {
  at: string;
  transactionId: string;
}

/** What is known of a reservation, whoever told it and in whichever order. Times are ISO 8601 UTC. */
export interface Reservation {
  chargePointId: string;
  reservationId: number;
  /** The newest request for it that the charge point accepted: one with the same number replaces the former. */
  asked?: Asked;
  /** The newest request for it that the charge point refused, with its word for that. */
  refused?: Asked & { status: Refusal };
  /** The newest cancellation that it accepted. */
  cancelled?: { at: string };
  /** The transactions that named it, each when it first did; oldest first, ten at most. */
  uses?: Use[];
  /** 2.x: what the charge point said of it last. */
  told?: { at: string; status: string };
  /** When its time was over, if nothing was told of it by then. */
  expiredAt?: string;
}

/** Faulted, Occupied or Unavailable: so is the EVSE. Rejected: the charge point takes no reservations. */
export type Refusal = 'Faulted' | 'Occupied' | 'Rejected' | 'Unavailable';

export interface Reservations {
  /** Strongly consistent. */
  find(chargePointId: string, reservationId: number): Promise<Reservation | undefined>;
  /** All of a charge point's that are kept, in no order. Strongly consistent. */
  list(chargePointId: string): Promise<Reservation[]>;
  /** Those that are active though their time was over by `now`, the longest due first. May be behind. */
  due(now: Date, limit: number): Promise<Pick<Reservation, 'chargePointId' | 'reservationId'>[]>;
  /**
   * Applies `transition` to the reservation as it is, and again should somebody else have changed it meanwhile.
   *
   * @param transition pure; told undefined when there is none, and returns undefined to leave things as they are
   * @returns the reservation as it is now
   */
  change(
    chargePointId: string,
    reservationId: number,
    transition: (reservation: Reservation | undefined) => Reservation | undefined,
  ): Promise<Reservation | undefined>;
}
