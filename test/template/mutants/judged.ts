import { stages } from '../../stages.js';
import { compiled } from '../compiled.js';
import { faultsOf } from '../faults.js';
import type { Template } from '../template.js';
import type { Mutant } from './mutant.js';
import { mutantsOf } from './mutants.js';

/** A mutant of a stage's template, and what is wrong with it by the static checks. */
export interface Judged extends Mutant {
  stage: keyof typeof stages;
  original: Template;
  faults: string[];
}

/** What is judged on which stage: resources where all are deployed, conditions where they are not met, and the other way round. */
const judgedOn: [stage: keyof typeof stages, isJudged: (mutant: Mutant) => boolean][] = [
  ['withIssuer', (mutant) => !isOfCondition(mutant)],
  ['dev', isOfCondition],
  ['north', ({ name }) => /Fn::If|^Conditions/.test(name)],
];

/** Every mutant, or those that are asked for, on a stage on which it can be noticed. */
export async function judgedMutants(isAskedFor = (_: Mutant): boolean => true): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const [stage, isJudged] of judgedOn) {
    const original = await compiled(stage);
    for (const mutant of mutantsOf(original).filter(isJudged).filter(isAskedFor)) {
      const name = stage === 'withIssuer' ? mutant.name : `${stage}: ${mutant.name}`;
      const faults = await faultsOf(mutant.applyTo(original), stages[stage].stage);
      judged.push({ ...mutant, name, stage, original, faults });
    }
  }
  return judged;
}

function isOfCondition({ path }: Mutant): boolean {
  return path[0] === 'Conditions' || path[2] === 'Condition';
}
