/** How long a charge point waits before it connects again. Named as the OCPP 2.x variables, in milliseconds. */
export interface BackOff {
  /** RetryBackOffWaitMinimum: before the first attempt. */
  waitMinimum: number;
  /** RetryBackOffRandomRange: at most so much is added to each wait. */
  randomRange: number;
  /** RetryBackOffRepeatTimes: how often the wait doubles. */
  repeatTimes: number;
}

/** Part 4, "Reconnecting": doubles after each failed attempt, up to a last one that is kept. `attempt` counts from 0. */
export function backOffWait(attempt: number, backOff: BackOff, random: () => number): number {
  const doublings = Math.min(attempt, backOff.repeatTimes);
  return backOff.waitMinimum * 2 ** doublings + Math.floor(random() * backOff.randomRange);
}
