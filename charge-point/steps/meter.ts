import type { Run } from './step.js';

/** What the register shows now, in Wh. */
export function meterOf({ meter, flow, chargePoint }: Run): number {
  const until = Math.min(chargePoint.clock.now(), flow.until);
  return meter + (flow.watts * (until - flow.since)) / 3_600_000;
}

/** From now on so much flows, for so many milliseconds at most: a timer that comes late adds nothing. */
export function setFlow(run: Run, watts: number, ms = Number.POSITIVE_INFINITY): void {
  run.meter = meterOf(run);
  const since = run.chargePoint.clock.now();
  run.flow = { watts, since, until: since + ms };
}
