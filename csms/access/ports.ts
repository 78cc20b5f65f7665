import type { Page, PageRequest, TimeRange } from '../page.js';

/** What somebody may do: each role may do what those before it may. */
export const roles = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Who asks. */
export interface Caller {
  /** A person's `sub`, or `token:` and the id of an API token. */
  id: string;
  /** Of an API token. */
  name?: string;
  role: Role;
  scope?: Scope;
}

/** What an API token is for, where it is not for all: charge points by their names, and those of sites. */
export interface Scope {
  sites?: string[] | undefined;
  chargePointIds?: string[] | undefined;
}

/** What is known of an API token: never the token itself. Times are ISO 8601 UTC. */
export interface ApiToken {
  tokenId: string;
  name: string;
  role: Role;
  scope?: Scope;
  createdAt: string;
  /** Who made it: a caller's id. */
  createdBy: string;
  /** From when on it is of no use. */
  expiresAt: string;
  /** When it was last used, to the hour. */
  lastUsedAt?: string;
}

export interface ApiTokens {
  /** @param hash SHA-256 of the token, in hex */
  add(token: ApiToken, hash: string): Promise<void>;
  /** Strongly consistent: what was revoked is revoked at once. */
  find(tokenId: string): Promise<{ token: ApiToken; hash: string } | undefined>;
  list(page: PageRequest): Promise<Page<ApiToken>>;
  used(tokenId: string, at: string): Promise<void>;
  /** One that is not there is no error. */
  remove(tokenId: string): Promise<void>;
}

/** Who changed what, and when. It is there before the change is made. */
export interface AuditEntry {
  /** ISO 8601 UTC. */
  at: string;
  /** Tells it from others at the same time. */
  id: string;
  /** A caller's id. */
  by: string;
  /** Of the API token, whose id says little. */
  byName?: string;
  role: Role;
  method: string;
  /** Below the API's own. */
  path: string;
  /** What it is about: the first two segments of the path, as `charge-points/CP1`. */
  about: string;
  /** The body as it came, without what is secret in it. */
  body?: string;
  /** What was answered. Missing where the answer never came: then nobody knows whether it was done. */
  status?: number;
}

export interface AuditTrail {
  begin(entry: AuditEntry): Promise<void>;
  end(entry: AuditEntry, status: number): Promise<void>;
  /** The newest first. */
  list(filter: TimeRange & { about?: string | undefined }, page: PageRequest): Promise<Page<AuditEntry>>;
}

/** An answer that is given again to whoever asks again. */
export interface KeptAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** A request with an idempotency key. */
export interface KeyedRequest {
  /** Of the caller and his key. */
  key: string;
  /** Of method, path, query and body: the same key is for the same request only. */
  fingerprint: string;
  /** What is made by it has this id: made again, it is the same. */
  id: string;
}

export type Begun =
  | { outcome: 'new'; id: string }
  | { outcome: 'under way' }
  | { outcome: 'another request' }
  | { outcome: 'answered'; answer: KeptAnswer };

export interface Idempotency {
  /**
   * Takes the key, unless somebody has it. One that was taken a minute ago and led to no answer may be taken again.
   *
   * @returns where it is taken, the id of whoever took it first for the same request, since nobody knows how far he came
   */
  begin(request: KeyedRequest, now: Date): Promise<Begun>;
  /** Keeps the answer for a day. */
  end(request: KeyedRequest, answer: KeptAnswer, now: Date): Promise<void>;
  /** It led to no answer: the key may be taken again at once. */
  abandon(request: KeyedRequest, now: Date): Promise<void>;
}
