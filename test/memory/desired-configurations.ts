import type { Asked, DesiredConfigurations, Difference } from '../../csms/configuration/ports.js';
import type { SettableClock } from './clock.js';
import type { MemoryShadows } from './things.js';
import type { Turn } from './turn.js';

/** What the shadows in memory desire. */
export class MemoryDesiredConfigurations implements DesiredConfigurations {
  readonly asked = new Map<string, Asked>();
  readonly #shadows: MemoryShadows;
  readonly #clock: SettableClock;
  readonly #turn: Turn;

  constructor(shadows: MemoryShadows, clock: SettableClock, turn: Turn) {
    this.#shadows = shadows;
    this.#clock = clock;
    this.#turn = turn;
  }

  async difference(chargePointId: string): Promise<Difference | undefined> {
    await this.#turn();
    const { desired = {}, version = 0 } = this.#shadows.desired.get(chargePointId) ?? {};
    const reported = this.#shadows.reported.get(chargePointId) as { configuration?: object } | undefined;
    const known = new Map(Object.entries(reported?.configuration ?? {}));
    const different = Object.entries(desired).filter(([key, value]) => known.get(key) !== value);
    if (different.length === 0) return undefined;
    const at = new Date(Math.floor(this.#clock.millis / 1_000) * 1_000);
    return { chargePointId, version, at, configuration: Object.fromEntries(different) };
  }

  async change(
    chargePointId: string,
    transition: (asked: Asked | undefined) => Asked | undefined,
  ): Promise<Asked | undefined> {
    for (;;) {
      await this.#turn();
      const before = this.asked.get(chargePointId);
      const after = transition(before);
      if (!after) return before;
      await this.#turn();
      if (this.asked.get(chargePointId) !== before) continue;
      this.asked.set(chargePointId, structuredClone(after));
      return after;
    }
  }
}
