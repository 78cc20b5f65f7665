import type { Answers, ContestedAnswer } from '../../csms/answers/ports.js';
import type { Clock } from '../../csms/clock.js';
import type { Turn } from './turn.js';

export class MemoryAnswers implements Answers {
  /** The answer of each CALL, by charge point, connection and message id. */
  readonly given = new Map<string, string>();
  readonly #at = new Map<string, Date>();
  readonly #clock: Clock;
  readonly #turn: Turn;

  constructor(clock: Clock, turn: Turn) {
    this.#clock = clock;
    this.#turn = turn;
  }

  async claim({ chargePointId, connectionId, messageId, text }: ContestedAnswer): Promise<boolean> {
    await this.#turn();
    const key = keyOf({ chargePointId, connectionId, messageId });
    const first = this.given.get(key) ?? text;
    this.given.set(key, first);
    if (first === text) this.#at.set(key, this.#clock.now());
    return first === text;
  }

  async find(call: Omit<ContestedAnswer, 'text'>): Promise<{ text: string; at: Date } | undefined> {
    await this.#turn();
    const [text, at] = [this.given.get(keyOf(call)), this.#at.get(keyOf(call))];
    return text !== undefined && at ? { text, at } : undefined;
  }
}

function keyOf({ chargePointId, connectionId, messageId }: Omit<ContestedAnswer, 'text'>): string {
  return JSON.stringify([chargePointId, connectionId, messageId]);
}
