import { happened, sessionOf } from '../transactions/session.js';
import type { Play } from './step.js';
import { tell } from './tell.js';

/** C01: the CSMS is asked, unless the charge point knows the token (C12) or nobody can be asked (C13). */
export const present: Play<'present'> = async ({ isKnown }, run) => {
  const { chargePoint, messages, idToken, isOffline } = run;
  if (!isKnown && !isOffline) {
    const answer = await tell(chargePoint, 'Authorize', messages.authorize(idToken));
    if (!answer || messages.authorization(answer) !== 'Accepted') return;
  }
  const session = sessionOf(run);
  session.idToken = idToken;
  happened(run, session, 'authorized');
};
