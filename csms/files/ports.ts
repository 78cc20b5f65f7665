/** What a URL is good for, and until when. */
export interface Signed {
  /** As [keys.ts](keys.ts) makes it. */
  key: string;
  /** In the future, at most 30 days ahead. */
  expiresAt: Date;
}

/** A file that is there. */
export interface StoredFile {
  key: string;
  /** Bytes. */
  size: number;
  /** When it was written, ISO 8601 UTC. */
  at: string;
}

/** The URLs that charge points upload to and download from. A charge point takes 512 characters. */
export interface FileUrls {
  /**
   * Takes files by HTTP PUT, from whoever has it. Below a folder that is each by the name that is appended to the URL, or
   * `file` without one; a second file of the same name replaces the first.
   *
   * @throws {RangeError} when it would expire too late, or has already, or is too long
   */
  uploadUrl(file: Signed): string;
  /**
   * Gives the file by HTTP GET and HEAD to whoever has it.
   *
   * @throws {RangeError} as above
   */
  downloadUrl(file: Signed): string;
}

/** The files of the stage's bucket. */
export interface Files {
  /** @returns those whose key begins so, the first thousand of them, in the order of their keys */
  find(prefix: string): Promise<StoredFile[]>;
  /** One that is not there is no error. */
  remove(key: string): Promise<void>;
}
