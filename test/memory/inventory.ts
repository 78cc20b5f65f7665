import type { Clock } from '../../csms/clock.js';
import type { Inventory, InventoryItem, ItemKind } from '../../csms/inventory/ports.js';
import type { Turn } from './turn.js';

/** One that was removed has no detail. */
type Stored = Omit<InventoryItem, 'detail'> & { detail: object | undefined };

export class MemoryInventory implements Inventory {
  /** By `{chargePointId}/{kind}#{key}`. */
  readonly items = new Map<string, Stored>();
  readonly #clock: Clock;
  readonly #turn: Turn;

  constructor(clock: Clock, turn: Turn) {
    this.#clock = clock;
    this.#turn = turn;
  }

  put(item: InventoryItem): Promise<boolean> {
    return this.#write(item);
  }

  async add(item: InventoryItem): Promise<InventoryItem> {
    await this.#turn();
    const name = `${item.chargePointId}/${item.kind}#${item.key}`;
    const known = this.items.get(name);
    if (isPresent(known, this.#clock.now())) return known;
    this.items.set(name, structuredClone(item));
    return item;
  }

  remove(chargePointId: string, kind: ItemKind, key: string, at: Date): Promise<boolean> {
    return this.#write({ chargePointId, kind, key, at, detail: undefined });
  }

  async find(chargePointId: string, kind: ItemKind, key: string): Promise<InventoryItem | undefined> {
    return (await this.list(chargePointId, kind)).find((item) => item.key === key);
  }

  async list(chargePointId: string, kind: ItemKind): Promise<InventoryItem[]> {
    await this.#turn();
    const now = this.#clock.now();
    return [...this.items.values()]
      .filter((item) => item.chargePointId === chargePointId && item.kind === kind)
      .filter((item) => isPresent(item, now))
      .sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  async #write(item: Stored): Promise<boolean> {
    await this.#turn();
    const name = `${item.chargePointId}/${item.kind}#${item.key}`;
    const known = this.items.get(name);
    if (known && known.at > item.at) return false;
    this.items.set(name, structuredClone(item));
    return true;
  }
}

function isPresent(item: Stored | undefined, now: Date): item is InventoryItem {
  return item?.detail !== undefined && (!item.until || item.until > now);
}
