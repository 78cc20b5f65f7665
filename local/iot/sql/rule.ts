import type { Message } from '../broker.js';

/** A published message, as a rule receives it. */
export type RuleMessage = Omit<Message, 'qos'>;

export interface Rule {
  /** Whether the topic matches FROM, with `+` and `#` as MQTT means them. */
  matches(topic: string): boolean;
  /**
   * What the actions receive, or undefined when WHERE says no.
   * @throws {RuleError} when the payload can't be read as the SQL needs it
   */
  select(message: RuleMessage): unknown | undefined;
}
