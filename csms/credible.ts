/** A charge point's clock may run ahead a little; what is from further in the future would hide all that comes after it. */
const furthestAhead = 5 * 60_000;

/**
 * So long a charge point may have been without a connection and tell of it afterwards, with times that are right, which costs
 * somebody money. What is older is of a clock that nobody has set since it was switched on: 1970, or when its software was made.
 */
const furthestBack = 365 * 24 * 60 * 60_000;

/** Can it have been that time for the charge point, if this is when it was received? */
export function isCredible(at: Date, receivedAt: Date): boolean {
  const ahead = at.getTime() - receivedAt.getTime();
  return ahead <= furthestAhead && ahead >= -furthestBack;
}

/** @returns the charge point's own time, or when it was received if that can't be */
export function credible(at: Date, receivedAt: Date): Date {
  return isCredible(at, receivedAt) ? at : receivedAt;
}
