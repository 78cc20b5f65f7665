import type { Clock } from '../csms/clock.js';

/** The machine's clock: the only place in what is deployed that asks for it. */
export const clock: Clock = { now: () => new Date() };
