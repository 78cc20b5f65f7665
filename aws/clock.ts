import type { Clock } from '../csms/clock.js';

/** The machine's clock: the only place in what is deployed that asks for it. */
export const clock: Clock = { now: () => new Date() };

/** Waits so many milliseconds, for whoever has nothing to do meanwhile. */
export const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
