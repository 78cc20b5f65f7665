/** What an operator may say of a token. 1.6 has words for the first three only. */
export type IdTokenStatus =
  | 'Accepted'
  | 'Blocked'
  | 'Invalid'
  | 'NoCredit'
  | 'NotAllowedTypeEVSE'
  | 'NotAtThisLocation'
  | 'NotAtThisTime';

/** What a charge point hears of a token. ConcurrentTx is for the start of a transaction only. */
export type AuthorizationStatus = IdTokenStatus | 'Expired' | 'Unknown' | 'ConcurrentTx';

/** What the operator knows of a token: a card, an app's user, a car's contract. */
export interface IdToken {
  /** Its text, normalised. One text is one token, since 1.6 sends nothing else. */
  idToken: string;
  /** A token type of OCPP 2.x. When it is missing, the token may come as any. */
  type?: string | undefined;
  status: IdTokenStatus;
  /** From when on it is Expired. */
  expiry?: Date | undefined;
  /** The parent id of 1.6: tokens of one group may stop each other's transactions. */
  groupId?: string | undefined;
  /** May it be in one transaction only at a time? */
  oneTransaction: boolean;
  /** RFC 5646, for what a charging station of 2.x displays. */
  language?: string | undefined;
  /** For how many seconds a charge point may rely on an answer; when it is missing, until the token expires. */
  cacheSeconds?: number | undefined;
}

/** The transaction that a token is in which may be in one only. */
export interface Holder {
  chargePointId: string;
  transactionId: string;
}

export interface IdTokens {
  /**
   * What somebody put there that is no token is Invalid: it is nothing to fail at, since sessions are recorded after this.
   *
   * @param idToken normalised
   */
  find(idToken: string): Promise<IdToken | undefined>;
  /**
   * Has a token that may be in one transaction only be in this one, if it is in none or in `instead`.
   *
   * @param idToken normalised
   * @returns the transaction that it is in now
   */
  hold(idToken: string, holder: Holder, instead?: Holder): Promise<Holder>;
  /** The transaction is over: the token may be in another. */
  release(idToken: string, holder: Holder): Promise<void>;
}
