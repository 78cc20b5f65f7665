/** A file and until when its URL is good. */
export interface Signed {
  /** As [keys.ts](keys.ts) makes it. */
  key: string;
  /** At most seven days ahead. A URL may end sooner: with the credentials that it was signed with. */
  expiresAt: Date;
}

/** A file that is there. */
export interface StoredFile {
  /** Bytes. */
  size: number;
  /** When it was written, ISO 8601 UTC, in seconds. */
  at: string;
}

/** What charge points upload and download. */
export interface Files {
  /**
   * @returns a URL that takes one file by HTTP PUT, and nothing but that, from whoever has it; a second one replaces the first
   * @throws {RangeError} when it would expire too late, or has already
   */
  uploadUrl(file: Signed): Promise<string>;
  /**
   * @returns a URL that gives the file by HTTP GET to whoever has it
   * @throws {RangeError} as above
   */
  downloadUrl(file: Signed): Promise<string>;
  /** Undefined when nothing was uploaded yet, or it is deleted. */
  find(key: string): Promise<StoredFile | undefined>;
}

const longest = 7 * 24 * 60 * 60;

/** For how many seconds a URL is good that is signed now. @throws {RangeError} */
export function secondsUntil(expiresAt: Date, now: Date): number {
  const seconds = Math.floor((expiresAt.getTime() - now.getTime()) / 1_000);
  if (seconds >= 1 && seconds <= longest) return seconds;
  throw new RangeError(`A file's URL is good for 1 s to 7 days, not for ${seconds} s.`);
}
