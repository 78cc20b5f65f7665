import type { Play } from './step.js';
import { ownInterval } from './step.js';
import { tellAtOnce } from './tell.js';
import { waitUnless } from './wait.js';

/** B01-B03: Pending or Rejected is asked again after the interval given, or when the CSMS asks for it; no answer, after the charge point's own. */
export const boot: Play<'boot'> = async ({ reason }, run) => {
  const { chargePoint, messages, hardware, gate, reported, settings } = run;
  gate.close();
  reported.clear();
  for (;;) {
    run.bootAskedFor = new AbortController();
    const answer = await tellAtOnce(run, 'BootNotification', messages.bootNotification(hardware, reason));
    const interval = seconds(answer?.interval);
    if (answer?.status === 'Accepted') {
      settings.set('heartbeatInterval', String(interval));
      return gate.open();
    }
    await waitUnless(chargePoint, interval * 1000, run.bootAskedFor.signal);
  }
};

/** An interval of 0 leaves the choice to the charge point, which must not flood the CSMS. */
function seconds(interval: unknown): number {
  return typeof interval === 'number' && interval > 0 ? interval : ownInterval;
}
