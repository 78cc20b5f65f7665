import type { SetChargingProfileRequest } from '../../schemas/generated/ocpp1.6/types.js';
import type { ChargingProfile } from '../charging-profiles/profile.js';
import { pick } from '../pick.js';

type ChargingProfile16 = SetChargingProfileRequest['csChargingProfiles'];

/** A profile of 1.6 in the words of 2.x. */
export function chargingProfile(profile: ChargingProfile16): ChargingProfile {
  const { chargingProfileId: id, chargingProfilePurpose: purpose, transactionId, chargingSchedule } = profile;
  return {
    ...{ id, chargingProfilePurpose: purposeOf(purpose) },
    ...pick(profile, 'stackLevel', 'chargingProfileKind', 'recurrencyKind', 'validFrom', 'validTo'),
    ...(transactionId !== undefined && { transactionId: String(transactionId) }),
    chargingSchedule: [chargingSchedule],
  };
}

/** A purpose of 1.6 in the words of 2.x. */
export function purposeOf(purpose: ChargingProfile16['chargingProfilePurpose']): string {
  return purpose === 'ChargePointMaxProfile' ? 'ChargingStationMaxProfile' : purpose;
}
