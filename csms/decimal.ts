/** @returns a number as it can be kept: no store has room for hundreds of places after the point */
export function decimal(number: number): number {
  return Number(number.toFixed(6));
}
