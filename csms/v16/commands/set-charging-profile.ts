import { setProfile } from '../../charging-profiles/keep.js';
import { ofTransaction } from '../../charging-profiles/profile.js';
import type { Effect } from '../../ocpp/effect.js';
import { chargingProfile } from '../charging-profile.js';

/** 5.16: the charge point has a profile. One that names no transaction is of the one on its connector. */
export const setChargingProfile: Effect<'ocpp1.6', 'SetChargingProfile'> = async (answered, context) => {
  const { request, response, at } = answered;
  if (response.status !== 'Accepted') return;
  const { connectorId: evseId, csChargingProfiles } = request;
  const profile = chargingProfile(csChargingProfiles);
  const isWithout = profile.chargingProfilePurpose === ofTransaction && profile.transactionId === undefined;
  const [transactionId] = isWithout ? await context.transactions.openOn(context.chargePointId, evseId) : [];
  await setProfile(
    { evseId, chargingLimitSource: 'CSO', chargingProfile: { ...profile, ...(transactionId && { transactionId }) } },
    at,
    { ...context, isOnePerLevel: true },
  );
};
