import type { RefusalCode } from '../../schemas/refusals.js';
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
export type AnswerRecord = Shown &
  Pick<ExchangeAnswer, 'by' | 'type'> & {
    /** Milliseconds. */
    latency: number;
    /** Why it is an error, where it is ours. */
    refusal?: RefusalCode;
  };

/** What an operator reads of messages. */
export interface MessageRecords {
  /** Those of a charge point, the newest first. */
  list(chargePointId: string, range: TimeRange, page: PageRequest): Promise<Page<MessageRecord>>;
}

export function answerRecord({ at }: ExchangeKey, answer: ExchangeAnswer): AnswerRecord {
  const { by, answeredAt, type } = answer;
  const latency = answeredAt.getTime() - at.getTime();
  if (answer.type === 'CALLRESULT') return { by, latency, type, ...shown(answer.payload) };
  const { code, description, details, refusal } = answer;
  return { by, latency, type, ...(refusal && { refusal }), ...shown({ code, description, details }) };
}
