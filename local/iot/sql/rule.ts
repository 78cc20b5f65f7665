/** A published message, as a rule receives it. */
export interface RuleMessage {
  topic: string;
  payload: Buffer;
  /** MQTT 5 user properties, in order; keys may repeat. */
  userProperties: readonly (readonly [key: string, value: string])[];
  /** Milliseconds since 1970. */
  timestamp: number;
  /** Absent when the message was not published over MQTT. */
  clientId?: string;
}

export interface Rule {
  /** The topic filter of FROM. */
  readonly from: string;
  /** Whether the topic matches FROM, with `+` and `#` as MQTT means them. */
  matches(topic: string): boolean;
  /**
   * What the actions receive, or undefined when WHERE says no.
   * @throws {RuleError} when the payload can't be read as the SQL needs it
   */
  select(message: RuleMessage): unknown | undefined;
}
