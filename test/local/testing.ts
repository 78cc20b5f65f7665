import type { AccountClock } from '../../local/clock.js';
import { type Fault, type Faults, noFaults } from '../../local/faults.js';
import type { Deployed } from '../../local/template/stack-resources.js';

/** A clock that stands still until the wait that a test expects has passed. */
export class ManualClock implements AccountClock {
  #now = Date.parse('2026-01-02T03:04:05Z');
  readonly #waits = new Set<{ ms: number; task: () => void }>();
  readonly #asked = new Set<() => void>();

  /** In other threads time does not stand still. */
  readonly skew = new BigInt64Array(new SharedArrayBuffer(8));

  now = () => this.#now;

  during = <T>(work: Promise<T>): Promise<T> => work;

  after = (ms: number, task: () => void): (() => void) => {
    const wait = { ms, task };
    this.#waits.add(wait);
    for (const look of this.#asked) look();
    return () => this.#waits.delete(wait);
  };

  /** How long everybody waits, in milliseconds. */
  get waits(): number[] {
    return [...this.#waits].map(({ ms }) => ms);
  }

  /** Moves on without anything falling due. */
  skip(ms: number): void {
    this.#now += ms;
  }

  /** Lets the next wait of exactly so many milliseconds pass, once somebody waits for it. */
  pass(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        const wait = [...this.#waits].find((candidate) => candidate.ms === ms);
        if (!wait) return;
        this.#asked.delete(look);
        this.#waits.delete(wait);
        this.#now += ms;
        resolve();
        // As a timer does: never within the call that set it.
        setImmediate(wait.task);
      };
      this.#asked.add(look);
      look();
    });
  }
}

/** A resource of a template, with only what a test is about. */
export function deployed(properties: Record<string, unknown>, more: Partial<Deployed> = {}): Deployed {
  return { logicalId: 'It', type: 'AWS::Some::Thing', ref: 'it', attributes: {}, properties, ...more };
}

/** A fault that strikes wherever it can. */
export function always(fault: Fault, force = 0.5): Faults {
  return { ...noFaults, strike: (among) => among.flatMap((one) => (one === fault ? [{ fault: one, force }] : []))[0] };
}
