import { happened, isCharging } from '../transactions/session.js';
import type { Play } from './step.js';

/** E02, J02: energy flows, and the meter is told of now and then, until the CSMS says that the token may not charge (E05). */
export const charge: Play<'charge'> = async ({ watts, seconds, sampleEvery }, run) => {
  const { session, chargePoint } = run;
  if (!isCharging(session)) return;
  for (let left = seconds; left > 0 && !session.isRefused; left -= sampleEvery) {
    const step = Math.min(left, sampleEvery);
    await chargePoint.clock.wait(step * 1000, chargePoint.signal);
    run.meter += (watts * step) / 3600;
    if (step < left) happened(run, session, 'sampled');
  }
  if (session.isRefused) happened(run, session, 'ended', 'DeAuthorized');
};
