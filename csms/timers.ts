import type { Timer } from '../schemas/timer.js';

/** Tells the system something later, within minutes. */
export interface Timers {
  /** Delivers `timer` when it is due or before, at least once. */
  send(timer: Timer): Promise<void>;
}
