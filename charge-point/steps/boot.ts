import { ownInterval, type Play } from './step.js';
import { tell } from './tell.js';

/** B01-B03: Pending or Rejected is asked again after the interval given; no answer, after the charge point's own. */
export const boot: Play<'boot'> = async ({ reason }, run) => {
  const { chargePoint, messages, hardware, outbox, reported } = run;
  outbox.hold();
  reported.clear();
  for (;;) {
    const answer = await tell(chargePoint, 'BootNotification', messages.bootNotification(hardware, reason));
    const interval = milliseconds(answer?.interval);
    if (answer?.status === 'Accepted') {
      run.heartbeatInterval = interval;
      return outbox.release();
    }
    await chargePoint.clock.wait(interval, chargePoint.signal);
  }
};

/** An interval of 0 leaves the choice to the charge point, which must not flood the CSMS. */
function milliseconds(interval: unknown): number {
  return typeof interval === 'number' && interval > 0 ? interval * 1000 : ownInterval;
}
