import type { Run } from './step.js';

/** What the register shows now, in Wh. */
export function meterOf({ meter, flow, chargePoint }: Run): number {
  return meter + (flow.watts * (chargePoint.clock.now() - flow.since)) / 3_600_000;
}

/** From now on so much flows. */
export function setFlow(run: Run, watts: number): void {
  run.meter = meterOf(run);
  run.flow = { watts, since: run.chargePoint.clock.now() };
}
