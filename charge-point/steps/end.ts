import { happened, isCharging } from '../transactions/session.js';
import type { Play } from './step.js';

export const end: Play<'end'> = async ({ reason }, run) => {
  if (isCharging(run.session)) happened(run, run.session, 'ended', reason);
};
