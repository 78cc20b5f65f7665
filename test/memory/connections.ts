import type { ConnectionRecord, Connections } from '../../csms/connections/ports.js';
import type { Turn } from './turn.js';

/** Optimistic, as the real one is: whoever finds the record changed since he read it reads it again. */
export class MemoryConnections implements Connections {
  readonly records = new Map<string, ConnectionRecord>();
  readonly #turn: Turn;

  constructor(turn: Turn) {
    this.#turn = turn;
  }

  async read(chargePointId: string): Promise<ConnectionRecord> {
    await this.#turn();
    return this.records.get(chargePointId) ?? { opening: [], replaced: [], replacedAt: [] };
  }

  async change(
    chargePointId: string,
    transition: (record: ConnectionRecord) => ConnectionRecord | undefined,
  ): Promise<{ before: ConnectionRecord; after: ConnectionRecord }> {
    for (;;) {
      const before = await this.read(chargePointId);
      const after = transition(before);
      if (!after) return { before, after: before };
      await this.#turn();
      const isUnchanged = (this.records.get(chargePointId) ?? before) === before;
      if (isUnchanged) {
        this.records.set(chargePointId, structuredClone(after));
        return { before, after };
      }
    }
  }
}
