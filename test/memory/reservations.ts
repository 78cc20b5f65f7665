import type { Reservation, Reservations } from '../../csms/reservations/ports.js';
import { dueAt } from '../../csms/reservations/state.js';
import type { Turn } from './turn.js';

export class MemoryReservations implements Reservations {
  /** By `{chargePointId}/{reservationId}`. */
  readonly items = new Map<string, Reservation>();
  readonly #turn: Turn;

  constructor(turn: Turn) {
    this.#turn = turn;
  }

  async find(chargePointId: string, reservationId: number): Promise<Reservation | undefined> {
    await this.#turn();
    return this.items.get(`${chargePointId}/${reservationId}`);
  }

  async list(chargePointId: string): Promise<Reservation[]> {
    await this.#turn();
    return [...this.items.values()].filter((one) => one.chargePointId === chargePointId);
  }

  async due(now: Date, limit: number): Promise<Reservation[]> {
    await this.#turn();
    const until = now.toISOString();
    return [...this.items.values()]
      .filter((one) => (dueAt(one) ?? '9') <= until)
      .sort((a, b) => ((dueAt(a) ?? '') < (dueAt(b) ?? '') ? -1 : 1))
      .slice(0, limit);
  }

  async change(
    chargePointId: string,
    reservationId: number,
    transition: (reservation: Reservation | undefined) => Reservation | undefined,
  ): Promise<Reservation | undefined> {
    const key = `${chargePointId}/${reservationId}`;
    for (;;) {
      await this.#turn();
      const before = this.items.get(key);
      const after = transition(before);
      if (!after) return before;
      await this.#turn();
      if (this.items.get(key) !== before) continue;
      this.items.set(key, structuredClone(after));
      return after;
    }
  }
}
