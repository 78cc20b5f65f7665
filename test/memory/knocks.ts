import type { Knock, KnockCode, Knocking, Knocks } from '../../csms/knocks/ports.js';
import type { KnockRecords } from '../../csms/knocks/records.js';
import type { Page, PageRequest } from '../../csms/page.js';
import { pageOf } from './page.js';
import type { Turn } from './turn.js';

export class MemoryKnocks implements Knocks, KnockRecords {
  /** How often something was written. */
  written = 0;
  /** By `{code}/{chargePointId}`. */
  readonly #items = new Map<string, Knocking>();
  readonly #turn: Turn;

  constructor(turn: Turn) {
    this.#turn = turn;
  }

  async add(knock: Knock, times: number): Promise<void> {
    await this.#turn();
    this.written++;
    const key = `${knock.code}/${knock.chargePointId}`;
    const { firstAt, times: before } = this.#items.get(key) ?? { firstAt: knock.at, times: 0 };
    const said = Object.fromEntries(Object.entries(knock).filter(([, value]) => value !== undefined));
    this.#items.set(key, { ...(said as unknown as Knock), firstAt, times: before + times });
  }

  async admitted(chargePointId: string): Promise<void> {
    await this.#turn();
    for (const code of ['not-registered', 'other-namespace']) this.#items.delete(`${code}/${chargePointId}`);
  }

  async list(code: KnockCode, page: PageRequest): Promise<Page<Knocking>> {
    const found = [...this.#items.values()].filter((one) => one.code === code);
    return pageOf(
      found.sort((a, b) => b.at.getTime() - a.at.getTime()),
      page,
    );
  }

  async of(chargePointId: string): Promise<Knocking[]> {
    const found = [...this.#items.values()].filter((one) => one.chargePointId === chargePointId);
    return found.sort((a, b) => (a.code < b.code ? -1 : 1));
  }
}
