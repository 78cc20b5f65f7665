import type { ChargePoint } from '../client/client.js';
import { CallError, CallTimeout, PowerLost } from '../client/errors.js';
import type { TransactionMessage } from '../messages/messages.js';
import type { Gate } from './gate.js';

/**
 * How often a message about a transaction is repeated. 1.6: TransactionMessageAttempts and TransactionMessageRetryInterval;
 * 2.x: MessageAttempts and MessageAttemptInterval of TransactionEvent.
 */
export interface Repetition {
  attempts: number;
  /** Milliseconds; the wait before the nth repetition is n times as long. */
  interval: number;
}

/**
 * What a charge point has to say of its transactions: kept while it is offline or without power, and delivered in order,
 * each message repeated as it is until it is answered with a CALLRESULT or given up.
 */
export class Outbox {
  #last: Promise<void> = Promise.resolve();

  constructor(
    private readonly chargePoint: ChargePoint,
    private readonly repetition: Repetition,
    private readonly gate: Gate,
  ) {}

  put(message: TransactionMessage): void {
    this.#last = this.#last.then(() => this.#deliver(message));
    this.#last.catch(() => {}); // the charge point is gone for good: who waits for `empty` learns it
  }

  /** Resolves when everything is delivered or given up; rejects when the charge point is closed before. */
  empty(): Promise<void> {
    return this.#last;
  }

  async #deliver(message: TransactionMessage): Promise<void> {
    const { clock, signal } = this.chargePoint;
    const { attempts, interval } = this.repetition;
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      if (attempt > 1) await clock.wait(interval * (attempt - 1), signal);
      if (await this.#isAnswered(message)) return;
    }
  }

  async #isAnswered(message: TransactionMessage): Promise<boolean> {
    await this.gate.passed(this.chargePoint.signal);
    try {
      message.answered(await this.chargePoint.call(message.action, message.payload()));
      return true;
    } catch (error) {
      if (error instanceof PowerLost) return this.#isAnswered(message);
      if (error instanceof CallError || error instanceof CallTimeout) return false;
      throw error;
    }
  }
}
