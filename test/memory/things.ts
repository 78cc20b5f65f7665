import { type Registry, ShadowRefused, type Shadows } from '../../csms/charge-points/ports.js';
import type { Turn } from './turn.js';

/** The thing registry: names, and the namespace of each. */
export class MemoryRegistry implements Registry {
  readonly things = new Map<string, { namespace: string }>();
  readonly #turn: Turn;

  constructor(turn: Turn) {
    this.#turn = turn;
  }

  async describe(chargePointId: string): Promise<{ namespace: string } | undefined> {
    await this.#turn();
    return this.things.get(chargePointId);
  }
}

/** AWS IoT takes a shadow document of at most this many bytes. */
const documentSize = 8 * 1024;

/** The classic shadows' `state.reported`. */
export class MemoryShadows implements Shadows {
  readonly reported = new Map<string, unknown>();
  readonly #turn: Turn;

  constructor(turn: Turn) {
    this.#turn = turn;
  }

  async report(chargePointId: string, reported: unknown): Promise<void> {
    await this.#turn();
    if (Buffer.byteLength(JSON.stringify({ state: { reported } })) > documentSize) {
      throw new ShadowRefused('The payload exceeds the maximum size allowed.');
    }
    this.reported.set(chargePointId, structuredClone(reported));
  }
}
