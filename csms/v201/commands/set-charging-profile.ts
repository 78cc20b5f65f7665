import { setProfile } from '../../charging-profiles/keep.js';
import type { Effect } from '../../ocpp/effect.js';

/** K01: the station has a profile. */
export const setChargingProfile: Effect<'ocpp2.1', 'SetChargingProfile'> = async (answered, context) => {
  const { request, response, at } = answered;
  if (response.status !== 'Accepted') return;
  const { evseId, chargingProfile } = request;
  const profile = { evseId, chargingLimitSource: 'CSO', chargingProfile };
  await setProfile(profile, at, { ...context, isOnePerLevel: false });
};
