import type { CommandStatus } from '../commands/ports.js';
import type { Page, PageRequest, TimeRange } from '../page.js';
import type { Exchange, ExchangeAnswer, ExchangeKey } from './ports.js';
import { type Shown, shown } from './shown.js';

/** What is kept of an exchange. The CALL of an answer may not have been noted yet. */
export interface MessageRecord extends Partial<Pick<Exchange, 'connectionId' | 'protocol' | 'askedBy' | 'action'>> {
  chargePointId: string;
  messageId: string;
  /** ISO 8601 UTC. */
  at: string;
  request?: Shown;
  commandId?: string;
  status?: CommandStatus;
  answer?: AnswerRecord;
}

/** A CALLERROR is kept as an object of its code, description and details. */
export type AnswerRecord = Shown & Pick<ExchangeAnswer, 'by' | 'type'> & { /** Milliseconds. */ latency: number };

/** What an operator reads of messages. */
export interface MessageRecords {
  /** Those of a charge point, the newest first. */
  list(chargePointId: string, range: TimeRange, page: PageRequest): Promise<Page<MessageRecord>>;
}

export function answerRecord({ at }: ExchangeKey, { by, answeredAt, type, ...said }: ExchangeAnswer): AnswerRecord {
  const latency = answeredAt.getTime() - at.getTime();
  return { by, latency, type, ...shown('payload' in said ? said.payload : said) };
}
