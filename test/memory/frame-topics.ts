import type { FrameOrigin, FrameTopics } from '../../csms/frame-topics.js';
import type { Turn } from './turn.js';

export interface Published extends FrameOrigin {
  chargePointId: string;
  text: string;
}

/** The topics `{id}/in` and `{id}/out`: what was published on them, in order. */
export class MemoryFrameTopics implements FrameTopics {
  readonly taken: Published[] = [];
  readonly answered: Published[] = [];
  /** Set, publishing fails with it. */
  fault: Error | undefined;
  readonly #turn: Turn;

  constructor(turn: Turn) {
    this.#turn = turn;
  }

  in(chargePointId: string, text: string, origin: FrameOrigin): Promise<void> {
    return this.#publish(this.taken, { chargePointId, text, ...origin });
  }

  out(chargePointId: string, text: string, origin: FrameOrigin): Promise<void> {
    return this.#publish(this.answered, { chargePointId, text, ...origin });
  }

  async #publish(topic: Published[], message: Published): Promise<void> {
    await this.#turn();
    if (this.fault) throw this.fault;
    topic.push(message);
  }
}
