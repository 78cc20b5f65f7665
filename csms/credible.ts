/** A charge point's clock may run ahead a little; what is from further in the future would hide all that comes after it. */
const furthestAhead = 5 * 60_000;

/** @returns the charge point's own time, or when it was received if that can't be */
export function credible(at: Date, receivedAt: Date): Date {
  return at.getTime() - receivedAt.getTime() <= furthestAhead ? at : receivedAt;
}
