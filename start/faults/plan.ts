import { createHash } from 'node:crypto';
import type { Fault, Faults } from '../../local/faults.js';
import { faultyCalls } from './calls.js';

/** What charge points must not notice: how many strike of those that could. */
const hidden: Record<Fault, number> = {
  twice: 0.1,
  late: 0.15,
  withheld: 0.1,
  recycled: 0.005,
  throttled: 0.02,
  failed: 0.02,
  'cut off': 0.02,
  'failed though done': 0.02,
  'cut off though done': 0.02,
  'gone though done': 0.03,
  unavailable: 0,
  killed: 0,
  restarted: 0,
};
const rates = {
  chaos: hidden,
  /** And what nobody can hide, but everybody has to recover from. */
  outages: { ...hidden, unavailable: 0.005, killed: 0.02, restarted: 0.01 },
} satisfies Record<string, Record<Fault, number>>;

/** What differs from run to run: times, connection ids, UUIDs. */
const volatile = /\d{4}-\d\d-\d\dT[\d:.]+Z|\d{13}|[\w+/]{15}=|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g;

export interface FaultPlan {
  strength: keyof typeof rates;
  seed: string;
}

/** Reads `chaos:<seed>` or `outages:<seed>`; undefined when it is neither. */
export function planNamed(name: string): FaultPlan | undefined {
  const [, strength, seed] = /^(chaos|outages):(\S+)$/.exec(name) ?? [];
  return strength && seed ? { strength: strength as FaultPlan['strength'], seed } : undefined;
}

/** Faults that strike from `begin` to `cease`. Each is told in a line. */
export interface PlannedFaults extends Faults {
  begin(): void;
  cease(): void;
}

export function plannedFaults({ strength, seed }: FaultPlan, onFault: (line: string) => void): PlannedFaults {
  /** How often each target saw each text. */
  const seen = new Map<string, number>();
  let isOn = false;

  const strike: Faults['strike'] = (among, target, text) => {
    if (!isOn) return undefined;
    const id = `${target} ${text.replace(volatile, '…')}`;
    const times = (seen.get(id) ?? 0) + 1;
    seen.set(id, times);
    let left = createHash('sha256').update(`${seed} ${times} ${id}`).digest().readUInt32BE() / 2 ** 32;
    for (const fault of among) {
      const rate = rates[strength][fault];
      if (left < rate) {
        onFault(`${target} ${fault}: ${text.slice(0, 200)}`);
        return { fault, force: left / rate };
      }
      left -= rate;
    }
    return undefined;
  };

  return {
    strike,
    call: faultyCalls(strike),
    begin() {
      isOn = true;
    },
    cease() {
      isOn = false;
    },
  };
}
