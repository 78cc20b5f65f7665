import { reportAnswered } from '../../jobs/report-answered.js';
import type { Effect } from '../../ocpp/effect.js';
import { pick } from '../../pick.js';

/** K09: the station reports its profiles, or has none of those that are asked for. */
export const getChargingProfiles: Effect<'ocpp2.1', 'GetChargingProfiles'> = async (answered, context) => {
  const { request } = answered;
  const { requestId, chargingProfile: asked } = request;
  const { chargingProfileId: ids, chargingLimitSource: sources, chargingProfilePurpose: purpose } = asked;
  const criteria = {
    ...pick(request, 'evseId'),
    ...pick(asked, 'stackLevel'),
    ...(ids && { ids }),
    ...(sources && { sources }),
    ...(purpose && { purpose }),
  };
  await reportAnswered({ kind: 'charging-profiles', requestId, request: criteria }, answered, context);
};
