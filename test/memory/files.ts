import type { Clock } from '../../csms/clock.js';
import { endOf, shortEnough } from '../../csms/files/limits.js';
import type { Files, FileUrls, Signed, StoredFile } from '../../csms/files/ports.js';
import type { Turn } from './turn.js';

const empty = Buffer.alloc(0);

/** Files, their URLs, and what answers whoever uses them. */
export class MemoryFiles implements Files, FileUrls {
  readonly stored = new Map<string, StoredFile & { body: Buffer }>();
  readonly #turn: Turn;
  readonly #clock: Clock;
  /** By URL: what it is good for. */
  readonly #urls = new Map<string, { key: string; end: number; method: string }>();

  constructor(turn: Turn, clock: Clock) {
    this.#turn = turn;
    this.#clock = clock;
  }

  uploadUrl(file: Signed): string {
    return this.#signed('PUT', file);
  }

  downloadUrl(file: Signed): string {
    return this.#signed('GET', file);
  }

  async find(prefix: string): Promise<StoredFile[]> {
    await this.#turn();
    return [...this.stored.values()]
      .filter(({ key }) => key.startsWith(prefix))
      .sort((one, other) => (one.key < other.key ? -1 : 1))
      .slice(0, 1_000)
      .map(({ key, size, at }) => ({ key, size, at }));
  }

  async remove(key: string): Promise<void> {
    await this.#turn();
    this.stored.delete(key);
  }

  /** As a charge point uses a URL. */
  request(url: string, method: string, body: Buffer = empty): { status: number; body: Buffer } {
    const [signed, good] = [...this.#urls].find(([each]) => url.startsWith(each)) ?? [];
    if (signed === undefined || !good || good.end * 1_000 <= this.#clock.now().getTime()) {
      return { status: 403, body: empty };
    }
    const appended = url.slice(signed.length);
    if (appended && !good.key.endsWith('/')) return { status: 403, body: empty };
    if (method === 'PUT' && good.method === 'PUT') {
      const key = good.key.endsWith('/') ? `${good.key}${appended.replace(/^\//, '') || 'file'}` : good.key;
      const at = `${this.#clock.now().toISOString().slice(0, 19)}.000Z`;
      this.stored.set(key, { key, size: body.length, at, body });
      return { status: 200, body: empty };
    }
    const found = this.stored.get(good.key);
    if (good.method !== 'GET' || !['GET', 'HEAD'].includes(method) || !found) return { status: 403, body: empty };
    return { status: 200, body: method === 'GET' ? found.body : empty };
  }

  #signed(method: string, { key, expiresAt }: Signed): string {
    const end = endOf(expiresAt, this.#clock.now());
    const url = shortEnough(`https://edge.example/files/${end}-${method}-${'0'.repeat(43)}/${key}`);
    this.#urls.set(url, { key, end, method });
    return url;
  }
}
