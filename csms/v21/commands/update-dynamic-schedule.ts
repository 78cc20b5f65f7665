import { updateProfile } from '../../charging-profiles/keep.js';
import type { Effect } from '../../ocpp/effect.js';

/** K28: a dynamic profile has other limits or setpoints. */
export const updateDynamicSchedule: Effect<'ocpp2.1', 'UpdateDynamicSchedule'> = async (answered, context) => {
  const { request, response, at } = answered;
  if (response.status !== 'Accepted') return;
  await updateProfile(request.chargingProfileId, request.scheduleUpdate, at, context);
};
