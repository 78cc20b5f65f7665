import { dateTime } from '../ocpp/date-time.js';

/** A charging profile in the words of 2.x, in which those of 1.6 are kept too. */
export interface ChargingProfile {
  id: number;
  stackLevel: number;
  chargingProfilePurpose: string;
  chargingProfileKind: string;
  recurrencyKind?: string;
  validFrom?: string;
  validTo?: string;
  /** Of a TxProfile. */
  transactionId?: string;
  /** 2.1: when values of a dynamic one came. */
  dynUpdateTime?: string;
  /** As OCPP has them. */
  chargingSchedule: object[];
}

/** What is kept of a profile that a charge point has. */
export interface KeptProfile {
  /** 1.6: the connector. 0: the charge point as a whole, or all its EVSEs. */
  evseId: number;
  /** Who set it: CSO is the CSMS. */
  chargingLimitSource: string;
  chargingProfile: ChargingProfile;
}

/** The one that says for each transaction apart what it may draw, and is gone with it. */
export const ofTransaction = 'TxProfile';

/**
 * K01/5.16: does a charge point that takes `next` drop `former` for it? So it does with one of the same id, and of the same
 * purpose and stack level for the same EVSE (and transaction).
 *
 * @param isOnePerLevel 1.6, where these replace each other also when they are valid at different times
 */
export function isReplaced(former: KeptProfile, next: KeptProfile, isOnePerLevel: boolean): boolean {
  const [a, b] = [former.chargingProfile, next.chargingProfile];
  if (a.id === b.id) return true;
  const isOnLevel =
    former.evseId === next.evseId &&
    a.stackLevel === b.stackLevel &&
    a.chargingProfilePurpose === b.chargingProfilePurpose &&
    a.transactionId === b.transactionId;
  return isOnLevel && (isOnePerLevel || areValidAtOnce(a, b));
}

function areValidAtOnce(a: ChargingProfile, b: ChargingProfile): boolean {
  return endOf(a) > startOf(b) && endOf(b) > startOf(a);
}

function startOf({ validFrom }: ChargingProfile): number {
  return validFrom === undefined ? Number.NEGATIVE_INFINITY : dateTime(validFrom).getTime();
}

function endOf({ validTo }: ChargingProfile): number {
  return validTo === undefined ? Number.POSITIVE_INFINITY : dateTime(validTo).getTime();
}

/** Which profiles are meant. All that is missing is all of its kind. */
export interface Criteria {
  ids?: number[];
  evseId?: number;
  purpose?: string;
  stackLevel?: number;
  sources?: string[];
}

/** Where ids are named, nothing else counts. */
export function meets({ evseId, chargingLimitSource, chargingProfile }: KeptProfile, criteria: Criteria): boolean {
  const { ids, sources } = criteria;
  if (ids) return ids.includes(chargingProfile.id);
  return (
    (criteria.evseId ?? evseId) === evseId &&
    (criteria.purpose ?? chargingProfile.chargingProfilePurpose) === chargingProfile.chargingProfilePurpose &&
    (criteria.stackLevel ?? chargingProfile.stackLevel) === chargingProfile.stackLevel &&
    (!sources || sources.includes(chargingLimitSource))
  );
}
