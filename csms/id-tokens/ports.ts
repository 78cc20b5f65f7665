/** What an operator may say of a token. 1.6 has words for the first three only. */
export type IdTokenStatus =
  | 'Accepted'
  | 'Blocked'
  | 'Invalid'
  | 'NoCredit'
  | 'NotAllowedTypeEVSE'
  | 'NotAtThisLocation'
  | 'NotAtThisTime';

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

export interface IdTokens {
  /** @param idToken normalised */
  find(idToken: string): Promise<IdToken | undefined>;
}
