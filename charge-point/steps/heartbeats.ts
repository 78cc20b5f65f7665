import type { Play } from './step.js';
import { tell } from './tell.js';
import { waitUnless } from './wait.js';

/** G02. Ends with the charge point only. */
export const heartbeats: Play<'heartbeats'> = async (_step, run) => {
  const { chargePoint, messages, settings } = run;
  for (;;) {
    const changed = settings.untilSet('heartbeatInterval');
    await waitUnless(chargePoint, Number(settings.get('heartbeatInterval')) * 1000, changed);
    if (!changed.aborted) await tell(run, 'Heartbeat', messages.heartbeat());
  }
};
