import type { Clock } from '../../csms/clock.js';
import type { Events } from '../../csms/events.js';
import { type EventDetail, type EventName, events } from '../../schemas/events.js';
import type { Turn } from './turn.js';

export interface Emitted {
  name: EventName;
  id: string;
  chargePointId: string;
  [detail: string]: unknown;
}

/** The event topics. What is no event as its schema has it is refused. */
export class MemoryEvents implements Events {
  /** Everything that was emitted, repetitions too. */
  readonly emitted: Emitted[] = [];
  /** Hears each of them. */
  onEmit: (event: Emitted) => void = () => {};
  readonly #clock: Clock;
  readonly #turn: Turn;

  constructor(clock: Clock, turn: Turn) {
    this.#clock = clock;
    this.#turn = turn;
  }

  async emit<N extends EventName>(chargePointId: string, name: N, id: string, detail: EventDetail<N>): Promise<void> {
    await this.#turn();
    const event = {
      id: `${chargePointId}-${name}-${id}`,
      time: this.#clock.now().toISOString(),
      chargePointId,
      ...detail,
    };
    const emitted = { ...events[name].parse(event), name };
    this.emitted.push(emitted);
    this.onEmit(emitted);
  }

  /** The names of what happened, a repetition counted once. */
  names(): EventName[] {
    return [...new Map(this.emitted.map(({ id, name }) => [id, name])).values()];
  }

  /** What was emitted under a name, repetitions too. */
  named(name: EventName): Emitted[] {
    return this.emitted.filter((event) => event.name === name);
  }
}
