import { compiled } from '../compiled.js';
import { faultsOf } from '../faults.js';
import type { Template } from '../template.js';
import type { Mutant } from './mutant.js';
import { mutantsOf } from './mutants.js';

/** A mutant of a stage's template, and what is wrong with it by the static checks. */
export interface Judged extends Mutant {
  original: Template;
  faults: string[];
}

/** Every mutant of stage dev, and those of a stage with a namespace that are about having one. */
export async function judgedMutants(): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const stage of ['dev', 'north'] as const) {
    const original = await compiled(stage);
    for (const mutant of mutantsOf(original)) {
      const isAboutNamespaces = /Fn::If|^Conditions/.test(mutant.name);
      if (stage === 'north' && !isAboutNamespaces) continue;
      const name = stage === 'dev' ? mutant.name : `${stage}: ${mutant.name}`;
      judged.push({ ...mutant, name, original, faults: await faultsOf(mutant.applyTo(original), stage) });
    }
  }
  return judged;
}
