import type { Run } from '../steps/step.js';
import {
  type ChargingProfile,
  dropProfiles,
  keepProfile,
  type ToldProfile,
} from '../transactions/charging-profiles.js';
import { isCharging } from '../transactions/session.js';
import type { Take } from './take.js';

interface Criteria {
  chargingProfilePurpose?: string;
  stackLevel?: number;
}

/** 5.16. */
export const setChargingProfile: Take<{ csChargingProfiles: ToldProfile }> = ({ csChargingProfiles }, run) =>
  set(csChargingProfiles, run);

/** K01. */
export const setChargingProfileOf2: Take<{ chargingProfile: ToldProfile }> = ({ chargingProfile }, run) =>
  set(chargingProfile, run);

/** 5.5. */
export const clearChargingProfile: Take<Criteria & { id?: number }> = ({ id, ...criteria }, run) =>
  clear(id, criteria, run);

/** K10. */
export const clearChargingProfileOf2: Take<{ chargingProfileId?: number; chargingProfileCriteria?: Criteria }> = (
  { chargingProfileId, chargingProfileCriteria = {} },
  run,
) => clear(chargingProfileId, chargingProfileCriteria, run);

function set(profile: ToldProfile, run: Run) {
  // There is nothing that it could be of.
  if (profile.chargingProfilePurpose === 'TxProfile' && !isCharging(run.session)) return { status: 'Rejected' };
  keepProfile(profile, run);
  return { status: 'Accepted' };
}

function clear(id: number | undefined, { chargingProfilePurpose, stackLevel }: Criteria, { chargingProfiles }: Run) {
  const isMeant = (one: ChargingProfile) =>
    id === undefined
      ? one.purpose === (chargingProfilePurpose ?? one.purpose) && one.stackLevel === (stackLevel ?? one.stackLevel)
      : one.id === id;
  return { status: dropProfiles(isMeant, chargingProfiles) ? 'Accepted' : 'Unknown' };
}
