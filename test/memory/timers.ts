import type { Timers } from '../../csms/timers.js';
import { type Timer, timer } from '../../schemas/timer.js';
import type { Turn } from './turn.js';

/** The timers' queue. Each timer is read back as the queue's reader would read it. */
export class MemoryTimers implements Timers {
  readonly pending: Timer[] = [];
  readonly #turn: Turn;

  constructor(turn: Turn) {
    this.#turn = turn;
  }

  async send(sent: Timer): Promise<void> {
    await this.#turn();
    this.pending.push(timer.parse(JSON.parse(JSON.stringify(sent))));
  }

  /** Takes the timer that is due first out of the queue, when it is due at `millis` or before. */
  take(millis: number): Timer | undefined {
    const next = this.pending.reduce<Timer | undefined>(
      (first, one) => (first && first.due <= one.due ? first : one),
      undefined,
    );
    if (!next || next.due > millis) return undefined;
    this.pending.splice(this.pending.indexOf(next), 1);
    return next;
  }
}
