import type { MeterValues, Readings } from '../../csms/meter-values/ports.js';
import type { Turn } from './turn.js';

export class MemoryMeterValues implements MeterValues {
  /** By charge point, place and values. */
  readonly items = new Map<string, Readings>();
  readonly #turn: Turn;

  constructor(turn: Turn) {
    this.#turn = turn;
  }

  /** All that were kept, in the order in which they came. */
  get readings(): Readings[] {
    return [...this.items.values()];
  }

  async add(readings: Readings): Promise<void> {
    await this.#turn();
    const { chargePointId, evseId, transactionId, meterValues } = readings;
    this.items.set(JSON.stringify([chargePointId, transactionId, evseId, meterValues]), readings);
  }
}
