import { forgottenFrom } from '../../csms/transactions/forget.js';
import { isOpen, type StoredTransaction, type Transaction, type Transactions } from '../../csms/transactions/ports.js';
import type { Turn } from './turn.js';

export class MemoryTransactions implements Transactions {
  /** By `{chargePointId}/{transactionId}`. */
  readonly items = new Map<string, Transaction>();
  readonly #revisions = new Map<string, number>();
  readonly #turn: Turn;

  constructor(turn: Turn) {
    this.#turn = turn;
  }

  async find(chargePointId: string, transactionId: string): Promise<StoredTransaction | undefined> {
    await this.#turn();
    return this.#stored(`${chargePointId}/${transactionId}`);
  }

  #stored(key: string): StoredTransaction | undefined {
    const found = this.items.get(key);
    return found && { ...found, revision: this.#revisions.get(key) ?? 0 };
  }

  async openOn(chargePointId: string, evseId: number): Promise<string[]> {
    await this.#turn();
    return [...this.items.values()]
      .filter((one) => one.chargePointId === chargePointId && one.evseId === evseId && isOpen(one))
      .map(({ transactionId }) => transactionId);
  }

  async due(now: Date, limit: number): Promise<Transaction[]> {
    await this.#turn();
    return [...this.items.values()]
      .filter((one) => isOpen(one) && forgottenFrom(one) <= now)
      .sort((a, b) => (a.heardAt < b.heardAt ? -1 : 1))
      .slice(0, limit);
  }

  async change(
    chargePointId: string,
    transactionId: string,
    transition: (transaction: Transaction | undefined) => Transaction | undefined,
  ): Promise<StoredTransaction | undefined> {
    const key = `${chargePointId}/${transactionId}`;
    for (;;) {
      await this.#turn();
      const before = this.items.get(key);
      const after = transition(before);
      if (!after) return this.#stored(key);
      await this.#turn();
      if (this.items.get(key) !== before) continue;
      this.items.set(key, structuredClone(after));
      this.#revisions.set(key, (this.#revisions.get(key) ?? 0) + 1);
      return this.#stored(key);
    }
  }
}
