import { keepProfile } from '../../charging-profiles/keep.js';
import { receiveUnnumberedPart } from '../../jobs/receive-part.js';
import type { Handler } from '../../ocpp/handler.js';

/** K09: a part of the charging profiles that the station has, whoever set them; each is kept, as last known. */
export const reportChargingProfiles: Handler<'ocpp2.1', 'ReportChargingProfiles'> = async (
  { requestId, tbc = false, evseId, chargingLimitSource, chargingProfile },
  context,
) => {
  for (const one of chargingProfile) {
    await keepProfile({ evseId, chargingLimitSource, chargingProfile: one }, context.receivedAt, context);
  }
  await receiveUnnumberedPart({ kind: 'charging-profiles', requestId, hasMore: tbc }, context);
  return {};
};
