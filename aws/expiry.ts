/** What DynamoDB's TTL goes by, in seconds since 1970: it may delete an item from then on. Times are ISO 8601 where they are texts. */

/** In seconds. */
export const day = 24 * 60 * 60;

/** When an item has been kept for so many seconds. Nobody counts on the last of them. */
export function expiryAfter(time: Date | string, seconds: number): number {
  return Math.floor(new Date(time).getTime() / 1_000) + seconds;
}

/** When its own time is over. Rounded up, since until then it counts. */
export function expiryAt(time: Date | string): number {
  return Math.ceil(new Date(time).getTime() / 1_000);
}
