import type { NamedProfile, Use } from '../charging-profiles/library.js';
import { pick } from '../pick.js';

/** K01: a profile of the library, as 2.x has it. */
export function setChargingProfile(profile: NamedProfile, { id, evseId, transactionId }: Use): object {
  const { schedule } = profile;
  return {
    evseId,
    chargingProfile: {
      ...(id !== undefined && { id }),
      stackLevel: profile.stackLevel,
      chargingProfilePurpose: profile.purpose,
      chargingProfileKind: profile.kind,
      ...(profile.recurrency && { recurrencyKind: profile.recurrency }),
      ...pick(profile, 'validFrom', 'validTo'),
      ...(transactionId !== undefined && { transactionId }),
      chargingSchedule: [
        {
          // Numbers a schedule among those of its profile, of which there is one.
          id: 1,
          ...(schedule.start !== undefined && { startSchedule: schedule.start }),
          ...pick(schedule, 'duration'),
          chargingRateUnit: schedule.unit,
          ...(schedule.minRate !== undefined && { minChargingRate: schedule.minRate }),
          chargingSchedulePeriod: schedule.periods.map(({ start, limit, phases }) => ({
            ...{ startPeriod: start, limit },
            ...(phases !== undefined && { numberPhases: phases }),
          })),
        },
      ],
    },
  };
}
