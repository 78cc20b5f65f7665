import { dropProfiles } from '../../charging-profiles/keep.js';
import { dropUnreported } from '../../charging-profiles/report.js';
import { sentAt } from '../../commands/sent-at.js';
import { openJob } from '../../jobs/open.js';
import type { Effect } from '../../ocpp/effect.js';
import { pick } from '../../pick.js';

/** K09: the station reports its profiles, or has none of those that are asked for. */
export const getChargingProfiles: Effect<'ocpp2.1', 'GetChargingProfiles'> = async (answered, context) => {
  const { request, response, command, at } = answered;
  const { requestId, chargingProfile: asked } = request;
  const { chargingProfileId: ids, chargingLimitSource: sources, chargingProfilePurpose: purpose } = asked;
  const criteria = {
    ...pick(request, 'evseId'),
    ...pick(asked, 'stackLevel'),
    ...(ids && { ids }),
    ...(sources && { sources }),
    ...(purpose && { purpose }),
  };
  if (response.status === 'NoProfiles') return dropProfiles(criteria, new Date(sentAt(command, at)), context);
  const job = await openJob({ kind: 'charging-profiles', requestId, request: criteria }, { command, at }, context);
  // The report may have overtaken the answer.
  if (job) await dropUnreported(job, context);
};
