import { keepSchedule } from '../../charging-profiles/schedule.js';
import type { Effect } from '../../ocpp/effect.js';

/** K08: what an EVSE, or the station, is to draw. */
export const getCompositeSchedule: Effect<'ocpp2.1', 'GetCompositeSchedule'> = async ({ response, at }, context) => {
  const { status, schedule } = response;
  if (status === 'Accepted' && schedule) await keepSchedule(schedule, at, context);
};
