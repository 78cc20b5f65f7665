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

/** The classic shadows: `state.reported`, and the configuration that is desired. */
export class MemoryShadows implements Shadows {
  readonly reported = new Map<string, unknown>();
  readonly desired = new Map<string, { version: number; desired: Record<string, unknown> }>();
  readonly #turn: Turn;

  constructor(turn: Turn) {
    this.#turn = turn;
  }

  async report(chargePointId: string, reported: unknown): Promise<void> {
    await this.#turn();
    if (Buffer.byteLength(JSON.stringify({ state: { reported } })) > documentSize) {
      throw new ShadowRefused('The payload exceeds the maximum size allowed.');
    }
    this.reported.set(chargePointId, merged(this.reported.get(chargePointId), structuredClone(reported)));
    const shadow = this.desired.get(chargePointId);
    if (shadow) this.desired.set(chargePointId, { ...shadow, version: shadow.version + 1 });
  }

  /** Somebody writes some of it; null takes a key back. */
  change(chargePointId: string, values: Record<string, string | null>): void {
    const { desired = {} } = this.desired.get(chargePointId) ?? {};
    const all = Object.entries({ ...desired, ...values }).filter(([, value]) => value !== null);
    const state = { desired: { configuration: Object.fromEntries(all) } };
    if (Buffer.byteLength(JSON.stringify(state)) > documentSize) throw new ShadowRefused('It is too large.');
    this.desire(chargePointId, state.desired.configuration);
  }

  /** Somebody writes the whole of `state.desired.configuration`. */
  desire(chargePointId: string, desired: Record<string, unknown>): void {
    const version = (this.desired.get(chargePointId)?.version ?? 0) + 1;
    this.desired.set(chargePointId, { version, desired });
  }
}

/** Objects are merged member by member, all else is replaced. */
function merged(old: unknown, patch: unknown): unknown {
  if (!isObject(old) || !isObject(patch)) return patch;
  const members = Object.entries(patch).map(([name, member]) => [name, merged(old[name], member)]);
  return { ...old, ...Object.fromEntries(members) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
