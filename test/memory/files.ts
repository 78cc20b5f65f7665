import type { Clock } from '../../csms/clock.js';
import { type Files, type Signed, type StoredFile, secondsUntil } from '../../csms/files/ports.js';
import type { Turn } from './turn.js';

/** Files, and what answers whoever uses their URLs. */
export class MemoryFiles implements Files {
  readonly stored = new Map<string, StoredFile & { body: Buffer }>();
  readonly #turn: Turn;
  readonly #clock: Clock;
  /** By URL: what it is good for. */
  readonly #urls = new Map<string, Signed & { method: string }>();

  constructor(turn: Turn, clock: Clock) {
    this.#turn = turn;
    this.#clock = clock;
  }

  uploadUrl(file: Signed): Promise<string> {
    return this.#signed('PUT', file);
  }

  downloadUrl(file: Signed): Promise<string> {
    return this.#signed('GET', file);
  }

  async find(key: string): Promise<StoredFile | undefined> {
    await this.#turn();
    const { size, at } = this.stored.get(key) ?? {};
    return size === undefined || at === undefined ? undefined : { size, at };
  }

  /** As a charge point uses a URL. */
  request(url: string, method: string, body: Buffer = Buffer.alloc(0)): { status: number; body: Buffer } {
    const signed = this.#urls.get(url);
    const empty = Buffer.alloc(0);
    if (!signed || signed.method !== method || signed.expiresAt <= this.#clock.now()) {
      return { status: 403, body: empty };
    }
    if (method === 'PUT') {
      const at = `${this.#clock.now().toISOString().slice(0, 19)}.000Z`;
      this.stored.set(signed.key, { size: body.length, at, body });
      return { status: 200, body: empty };
    }
    const found = this.stored.get(signed.key);
    return found ? { status: 200, body: found.body } : { status: 404, body: empty };
  }

  async #signed(method: string, file: Signed): Promise<string> {
    const seconds = secondsUntil(file.expiresAt, this.#clock.now());
    const url = `https://files.example/${file.key}?${method}=${this.#clock.now().getTime()}-${seconds}`;
    this.#urls.set(url, { ...file, method });
    return url;
  }
}
