const longestLife = 30 * 24 * 60 * 60;
const longestUrl = 512;

/** In which second, since 1970, a URL that is signed now ends. @throws {RangeError} */
export function endOf(expiresAt: Date, now: Date): number {
  const seconds = Math.floor((expiresAt.getTime() - now.getTime()) / 1_000);
  if (seconds >= 1 && seconds <= longestLife) return Math.floor(expiresAt.getTime() / 1_000);
  throw new RangeError(`A file's URL is good for 1 s to 30 days, not for ${seconds} s.`);
}

/** @returns the same URL @throws {RangeError} for one that OCPP has no room for */
export function shortEnough(url: string): string {
  if (url.length <= longestUrl) return url;
  throw new RangeError(`OCPP has ${longestUrl} characters for a URL, and this one has ${url.length}: ${url}`);
}
