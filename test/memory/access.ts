import type {
  ApiToken,
  ApiTokens,
  AuditEntry,
  AuditTrail,
  Begun,
  Idempotency,
  KeptAnswer,
  KeyedRequest,
} from '../../csms/access/ports.js';
import type { Page, PageRequest, TimeRange } from '../../csms/page.js';
import { by, isIn, pageOf } from './page.js';

export class MemoryApiTokens implements ApiTokens {
  readonly items = new Map<string, { token: ApiToken; hash: string }>();

  async add(token: ApiToken, hash: string): Promise<void> {
    this.items.set(token.tokenId, { token, hash });
  }

  async find(tokenId: string): Promise<{ token: ApiToken; hash: string } | undefined> {
    return this.items.get(tokenId);
  }

  async list(page: PageRequest): Promise<Page<ApiToken>> {
    return pageOf([...this.items.values()].map(({ token }) => token).sort(by(({ tokenId }) => tokenId)), page);
  }

  async used(tokenId: string, at: string): Promise<void> {
    const item = this.items.get(tokenId);
    if (item) this.items.set(tokenId, { ...item, token: { ...item.token, lastUsedAt: at } });
  }

  async remove(tokenId: string): Promise<void> {
    this.items.delete(tokenId);
  }
}

export class MemoryAuditTrail implements AuditTrail {
  readonly entries = new Map<string, AuditEntry>();

  async begin(entry: AuditEntry): Promise<void> {
    this.entries.set(entry.id, entry);
  }

  async end(entry: AuditEntry, status: number): Promise<void> {
    this.entries.set(entry.id, { ...entry, status });
  }

  async list({ about, ...range }: TimeRange & { about?: string | undefined }, page: PageRequest) {
    const found = [...this.entries.values()].filter(
      (entry) => (about === undefined || entry.about === about) && isIn(entry.at, range),
    );
    return pageOf(found.sort(by(({ at, id }) => `${at}#${id}`)).reverse(), page);
  }
}

const day = 24 * 60 * 60_000;

export class MemoryIdempotency implements Idempotency {
  readonly items = new Map<
    string,
    { fingerprint: string; id: string; at: number; expires: number; answer?: KeptAnswer }
  >();

  async begin({ key, fingerprint, id }: KeyedRequest, now: Date): Promise<Begun> {
    const at = now.getTime();
    const item = this.items.get(key);
    const known = item && at <= item.expires ? item : undefined;
    if (!known || (!known.answer && at - known.at > 60_000)) {
      const taken = { fingerprint, id: known?.fingerprint === fingerprint ? known.id : id, at, expires: at + day };
      this.items.set(key, taken);
      return { outcome: 'new', id: taken.id };
    }
    if (known.fingerprint !== fingerprint) return { outcome: 'another request' };
    return known.answer ? { outcome: 'answered', answer: known.answer } : { outcome: 'under way' };
  }

  async end({ key, ...request }: KeyedRequest, answer: KeptAnswer, now: Date): Promise<void> {
    this.items.set(key, { ...request, answer, at: now.getTime(), expires: now.getTime() + day });
  }

  async abandon({ key, ...request }: KeyedRequest, now: Date): Promise<void> {
    this.items.set(key, { ...request, at: 0, expires: now.getTime() + day });
  }
}
