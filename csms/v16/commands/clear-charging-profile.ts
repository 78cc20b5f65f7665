import { dropProfiles } from '../../charging-profiles/keep.js';
import type { Effect } from '../../ocpp/effect.js';
import { pick } from '../../pick.js';
import { purposeOf } from '../charging-profile.js';

/** 5.5: the charge point has those profiles no more, or never had. */
export const clearChargingProfile: Effect<'ocpp1.6', 'ClearChargingProfile'> = async ({ request, at }, context) => {
  const { id, connectorId: evseId, chargingProfilePurpose: purpose } = request;
  const criteria = {
    ...(id !== undefined && { ids: [id] }),
    ...(evseId !== undefined && { evseId }),
    ...(purpose && { purpose: purposeOf(purpose) }),
    ...pick(request, 'stackLevel'),
  };
  await dropProfiles({ ...criteria, sources: ['CSO'] }, at, context);
};
