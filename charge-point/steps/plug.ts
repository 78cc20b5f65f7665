import { happened, sessionOf } from '../transactions/session.js';
import type { Play } from './step.js';

/** E01.FR.01: a transaction of 2.x begins here. */
export const plug: Play<'plug'> = async (_step, run) => {
  const session = sessionOf(run);
  session.isPlugged = true;
  happened(run, session, 'plugged');
};
