import { componentPath } from '../../csms/device-model/path.js';
import type { Component, ComponentKey, Components } from '../../csms/device-model/ports.js';
import type { Turn } from './turn.js';

export class MemoryComponents implements Components {
  /** By `{chargePointId}/{path}`. */
  readonly items = new Map<string, Component>();
  readonly #turn: Turn;

  constructor(turn: Turn) {
    this.#turn = turn;
  }

  async find(chargePointId: string, key: ComponentKey): Promise<Component | undefined> {
    await this.#turn();
    return this.items.get(`${chargePointId}/${componentPath(key)}`);
  }

  async change(
    chargePointId: string,
    key: ComponentKey,
    transition: (component: Component | undefined) => Component | undefined,
  ): Promise<void> {
    const path = `${chargePointId}/${componentPath(key)}`;
    for (;;) {
      await this.#turn();
      const before = this.items.get(path);
      const after = transition(before);
      if (!after) return;
      await this.#turn();
      if (this.items.get(path) !== before) continue;
      this.items.set(path, structuredClone(after));
      return;
    }
  }
}
