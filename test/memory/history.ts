import type { History, HistoryEntry } from '../../csms/history/ports.js';
import type { Turn } from './turn.js';

export class MemoryHistory implements History {
  /** By `{chargePointId}/{kind}/{ISO time}/{id}`. */
  readonly entries = new Map<string, HistoryEntry>();
  readonly #turn: Turn;

  constructor(turn: Turn) {
    this.#turn = turn;
  }

  async add(entry: HistoryEntry): Promise<void> {
    await this.#turn();
    const key = [entry.chargePointId, entry.kind, entry.at.toISOString(), entry.id].join('/');
    if (!this.entries.has(key)) this.entries.set(key, entry);
  }
}
