import type { Exchange, ExchangeAnswer, ExchangeKey, Messages } from '../../csms/messages/ports.js';
import { answerRecord, type MessageRecord, type MessageRecords } from '../../csms/messages/records.js';
import { shown } from '../../csms/messages/shown.js';
import type { Page, PageRequest, TimeRange } from '../../csms/page.js';
import { by, isIn, pageOf } from './page.js';

/** A log takes no turns: nothing hangs on it. */
export class MemoryMessages implements Messages, MessageRecords {
  /** By `{chargePointId}/{ISO time}/{messageId}`. */
  readonly items = new Map<string, MessageRecord>();

  async add({ request, command, answer, at, ...said }: Exchange): Promise<void> {
    const known = this.#at({ ...said, at });
    const status = answer ? command?.status : (known.status ?? command?.status);
    Object.assign(known, said, { request: shown(request) });
    if (command) Object.assign(known, { commandId: command.commandId, status });
    if (answer) known.answer ??= answerRecord({ ...said, at }, answer);
  }

  async answered(key: ExchangeKey, answer: ExchangeAnswer): Promise<void> {
    this.#at(key).answer ??= answerRecord(key, answer);
  }

  async list(chargePointId: string, range: TimeRange, page: PageRequest): Promise<Page<MessageRecord>> {
    const found = [...this.items.values()].filter((one) => one.chargePointId === chargePointId && isIn(one.at, range));
    return pageOf(found.sort(by(({ at, messageId }) => `${at}#${messageId}`)).reverse(), page);
  }

  #at({ chargePointId, at, messageId }: ExchangeKey): MessageRecord {
    const key = [chargePointId, at.toISOString(), messageId].join('/');
    const known = this.items.get(key) ?? { chargePointId, messageId, at: at.toISOString() };
    this.items.set(key, known);
    return known;
  }
}
