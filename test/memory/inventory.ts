import type { Clock } from '../../csms/clock.js';
import type { Inventory, InventoryItem, ItemKind } from '../../csms/inventory/ports.js';
import type { Turn } from './turn.js';

export class MemoryInventory implements Inventory {
  /** By `{chargePointId}/{kind}#{key}`; one that was removed has no detail. */
  readonly items = new Map<string, Omit<InventoryItem, 'detail'> & { detail: object | undefined }>();
  readonly #clock: Clock;
  readonly #turn: Turn;

  constructor(clock: Clock, turn: Turn) {
    this.#clock = clock;
    this.#turn = turn;
  }

  put(item: InventoryItem): Promise<boolean> {
    return this.#write(item);
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
      .filter((item): item is InventoryItem => item.detail !== undefined && (!item.until || item.until > now))
      .sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  async #write(item: Omit<InventoryItem, 'detail'> & { detail: object | undefined }): Promise<boolean> {
    await this.#turn();
    const name = `${item.chargePointId}/${item.kind}#${item.key}`;
    const known = this.items.get(name);
    if (known && known.at > item.at) return false;
    this.items.set(name, structuredClone(item));
    return true;
  }
}
