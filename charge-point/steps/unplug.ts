import { happened } from '../transactions/session.js';
import type { Play } from './step.js';

/** E09: what has not ended ends. */
export const unplug: Play<'unplug'> = async (_step, run) => {
  const { session } = run;
  if (!session) return;
  session.isPlugged = false;
  if (!session.isEnded) happened(run, session, 'ended', 'EVDisconnected');
};
