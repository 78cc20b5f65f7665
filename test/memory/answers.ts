import type { Answers, ContestedAnswer } from '../../csms/answers/ports.js';
import type { Turn } from './turn.js';

export class MemoryAnswers implements Answers {
  /** The answer of each CALL, by charge point, connection and message id. */
  readonly given = new Map<string, string>();
  readonly #turn: Turn;

  constructor(turn: Turn) {
    this.#turn = turn;
  }

  async claim({ chargePointId, connectionId, messageId, text }: ContestedAnswer): Promise<boolean> {
    await this.#turn();
    const key = JSON.stringify([chargePointId, connectionId, messageId]);
    const first = this.given.get(key) ?? text;
    this.given.set(key, first);
    return first === text;
  }
}
