import { createHash } from 'node:crypto';

/** What a StartTransaction of 1.6 is known by when it is told again. */
export interface Start {
  connectorId: number;
  idTag: string;
  /** Wh */
  meterStart: number;
  at: Date;
}

/** One text for each start of a charge point. */
export function startKey({ connectorId, idTag, meterStart, at }: Start): string {
  return JSON.stringify([connectorId, idTag, meterStart, at.getTime()]);
}

/**
 * The id of a transaction of 1.6, made of its start: the same start gets the same id, and no counter is asked.
 *
 * @param attempt 0, or how many ids of this start turned out to be another's
 * @returns 1 to 2^31 - 1: charge points have 32 bits, and take 0 and less for none
 */
export function naturalId(chargePointId: string, key: string, attempt: number): number {
  const hash = createHash('sha256')
    .update(JSON.stringify([chargePointId, key, attempt]))
    .digest();
  return hash.readUInt32BE() & 0x7fffffff || 1;
}
