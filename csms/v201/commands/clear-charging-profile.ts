import { dropProfiles } from '../../charging-profiles/keep.js';
import type { Effect } from '../../ocpp/effect.js';
import { pick } from '../../pick.js';

/** K10: the station has those profiles no more, or never had. Those that others set stay: K10.FR.06. */
export const clearChargingProfile: Effect<'ocpp2.1', 'ClearChargingProfile'> = async ({ request, at }, context) => {
  const { chargingProfileId: id, chargingProfileCriteria = {} } = request;
  const { chargingProfilePurpose: purpose } = chargingProfileCriteria;
  const criteria = {
    ...(id !== undefined && { ids: [id] }),
    ...pick(chargingProfileCriteria, 'evseId', 'stackLevel'),
    ...(purpose && { purpose }),
  };
  await dropProfiles({ ...criteria, sources: ['CSO'] }, at, context);
};
