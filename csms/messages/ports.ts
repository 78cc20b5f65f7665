import type { RefusalCode } from '../../schemas/refusals.js';
import type { CommandStatus } from '../commands/ports.js';
import type { Protocol } from '../ocpp/protocol.js';

/** One CALL, and what became of it. */
export interface Exchange extends ExchangeKey {
  connectionId: string;
  /** Not known of a CALL of ours that was given up when its connection was gone. */
  protocol?: Protocol;
  askedBy: 'charge-point' | 'csms';
  action: string;
  /** The payload of the CALL. */
  request: unknown;
  /** What a CALL of ours was for. */
  command?: { commandId: string; status: CommandStatus };
  /** Absent while nobody has answered, and where nobody does. */
  answer?: ExchangeAnswer;
}

export interface ExchangeKey {
  chargePointId: string;
  /** When a charge point's CALL reached the system; when one of ours was sent. */
  at: Date;
  messageId: string;
}

/** The payload of a CALLRESULT, or a CALLERROR. */
export type ExchangeAnswer = { by: 'charge-point' | 'csms' | 'elsewhere'; answeredAt: Date } & (
  | { type: 'CALLRESULT'; payload: unknown }
  | { type: 'CALLERROR'; code: unknown; description: unknown; details: unknown; refusal?: RefusalCode }
);

/** The log of what was said. It is nobody's memory: nothing is decided by what is in it. */
export interface Messages {
  /**
   * Notes what is known of an exchange; what is not known now is noted later, or was before. The first answer stays, and so
   * does the status that came with it. No secret is kept, and of a long payload its beginning.
   */
  add(exchange: Exchange): Promise<void>;
  /** Notes the answer of an exchange, which is added before or after. */
  answered(key: ExchangeKey, answer: ExchangeAnswer): Promise<void>;
}

/** What every writer of the log has. */
export interface MessageLog {
  /** Never throws: a message that is not logged is logged as that. Undefined where the stage keeps no log. */
  messages: Messages | undefined;
}
