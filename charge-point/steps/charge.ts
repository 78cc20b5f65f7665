import { dropProfiles, limited } from '../transactions/charging-profiles.js';
import { endedSignal, happened, isCharging } from '../transactions/session.js';
import { setFlow } from './meter.js';
import type { Play } from './step.js';
import { waitUnless } from './wait.js';

/** E02, J02: energy flows, and the meter is told of now and then, until the CSMS says that the token may not charge (E05) or ends it. */
export const charge: Play<'charge'> = async ({ watts, seconds = Number.POSITIVE_INFINITY, sampleEvery }, run) => {
  const { session, chargePoint, settings } = run;
  if (!isCharging(session)) return;
  for (let left = seconds; left > 0 && !session.isRefused && !session.isEnded; ) {
    // An interval of 0 asks for no samples.
    const interval = (sampleEvery ?? Number(settings.get('sampleInterval'))) || Number.POSITIVE_INFINITY;
    const ms = Math.min(left, interval) * 1000;
    setFlow(run, limited(watts, run), ms);
    await waitUnless(chargePoint, ms, endedSignal(session));
    left -= interval;
    if (left > 0 && !session.isEnded) happened(run, session, 'sampled');
  }
  setFlow(run, 0);
  dropProfiles(({ purpose }) => purpose === 'TxProfile', run.chargingProfiles);
  if (session.isRefused && !session.isEnded) happened(run, session, 'ended', 'DeAuthorized');
};
