/** An answer that is not the only one its CALL may get. */
export interface ContestedAnswer {
  chargePointId: string;
  /** The connection that it goes to. */
  connectionId: string;
  /** Of the CALL. */
  messageId: string;
  text: string;
}

/** Which answer each contested CALL got. */
export interface Answers {
  /** @returns whether it is the first of its CALL; so it still is when told again, within an hour */
  claim(answer: ContestedAnswer): Promise<boolean>;
  /** Which answer a CALL got, and when it was claimed. */
  find(call: Omit<ContestedAnswer, 'text'>): Promise<{ text: string; at: Date } | undefined>;
}
