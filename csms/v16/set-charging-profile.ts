import type { NamedProfile, Use } from '../charging-profiles/library.js';
import { pick } from '../pick.js';

/** 5.16: a profile of the library, as 1.6 has it: limits have one decimal. */
export function setChargingProfile(profile: NamedProfile, { id, evseId, transactionId }: Use): object {
  const { purpose, schedule } = profile;
  return {
    connectorId: evseId,
    csChargingProfiles: {
      ...(id !== undefined && { chargingProfileId: id }),
      ...(transactionId !== undefined && { transactionId: Number(transactionId) }),
      stackLevel: profile.stackLevel,
      chargingProfilePurpose: purpose === 'ChargingStationMaxProfile' ? 'ChargePointMaxProfile' : purpose,
      chargingProfileKind: profile.kind,
      ...(profile.recurrency && { recurrencyKind: profile.recurrency }),
      ...pick(profile, 'validFrom', 'validTo'),
      chargingSchedule: {
        ...pick(schedule, 'duration'),
        ...(schedule.start !== undefined && { startSchedule: schedule.start }),
        chargingRateUnit: schedule.unit,
        chargingSchedulePeriod: schedule.periods.map(({ start, limit, phases }) => ({
          ...{ startPeriod: start, limit: tenths(limit) },
          ...(phases !== undefined && { numberPhases: phases }),
        })),
        ...(schedule.minRate !== undefined && { minChargingRate: tenths(schedule.minRate) }),
      },
    },
  };
}

/** Never more than was meant. */
function tenths(value: number): number {
  return Math.floor(Number((value * 10).toFixed(6))) / 10;
}
