import { describe, expect, it } from 'vitest';
import { stages } from '../../stages.js';
import { faultsOf } from '../faults.js';
import { smoke } from '../smoke/smoke.js';
import { type Judged, judgedMutants } from './judged.js';
import { isTried } from './permissions.js';
import { isListed } from './survivors.js';

const mutants = await judgedMutants();
const left = mutants.filter(({ faults }) => faults.length === 0);

/** Those of permissions need no smoke run each: smoke.test.ts. */
describe.concurrent('the smoke run catches, and names', () => {
  it.each(left.filter(isTried))('$name', async ({ original, applyTo, path }) => {
    await expect(smoke(applyTo(original))).rejects.toThrow(String(path[1]));
  });
});

/** Those of one stage together, as far as no two are of one resource. */
function rounds(listed: Judged[]): [name: string, round: Judged[]][] {
  const groups = new Map<string, Judged[]>();
  const times = new Map<string, number>();
  for (const mutant of listed) {
    const { stage } = mutant;
    const owner = `${stage} ${mutant.path.slice(0, 2).join('.')}`;
    const time = (times.get(owner) ?? 0) + 1;
    times.set(owner, time);
    const name = `${stage} ${time}`;
    groups.set(name, [...(groups.get(name) ?? []), mutant]);
  }
  return [...groups];
}

describe.concurrent('no survivor is caught, even with many others', () => {
  it.each(rounds(left.filter(isListed)))('%s', async (_, round) => {
    const [first] = round;
    if (!first) return;
    const template = round.reduce((mutated, { applyTo }) => applyTo(mutated), first.original);
    expect(await faultsOf(template, stages[first.stage].stage)).toEqual([]);
    await smoke(template);
  });
});
