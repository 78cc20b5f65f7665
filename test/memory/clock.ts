import type { Clock } from '../../csms/clock.js';

/** A clock that stands still until it is told to go on. */
export class SettableClock implements Clock {
  /** @param millis since 1970 */
  constructor(public millis = Date.parse('2026-01-02T03:04:05.000Z')) {}

  now(): Date {
    return new Date(this.millis);
  }

  advance(milliseconds: number): void {
    this.millis += milliseconds;
  }
}
