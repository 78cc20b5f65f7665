import { setTimeout } from 'node:timers/promises';

/** The time of a charge point, so that tests and simulations can drive it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects when `signal` is aborted before. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

/** A longer timer of Node.js would fire at once. */
const longestTimer = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  wait: (ms, signal) => setTimeout(Math.min(ms, longestTimer), undefined, { signal }),
};
