import { stages } from '../../stages.js';
import { compiled } from '../compiled.js';
import { faultsOf } from '../faults.js';
import { conditionHolds, type Template } from '../template.js';
import type { Mutant } from './mutant.js';
import { mutantsOf } from './mutants.js';

/** A mutant of a stage's template, and what is wrong with it by the static checks. */
export interface Judged extends Mutant {
  stage: keyof typeof stages;
  original: Template;
  faults: string[];
}

/** What of each stage is judged: a resource where it is deployed, a condition also where it is the other way round. */
const judgedOn: [stage: keyof typeof stages, isJudged: (mutant: Mutant, resource: Resource | undefined) => boolean][] =
  [
    ['dev', ({ path }, resource) => resource?.isDeployed !== false || path[2] === 'Condition'],
    ['north', ({ name }) => /Fn::If|^Conditions/.test(name)],
    ['withIssuer', ({ name }, resource) => resource?.isConditional === true || /^Conditions/.test(name)],
  ];

interface Resource {
  isConditional: boolean;
  isDeployed: boolean;
}

/** Every mutant, on the stage on which it can be noticed. */
export async function judgedMutants(): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const [stage, isJudged] of judgedOn) {
    const original = await compiled(stage);
    for (const mutant of mutantsOf(original)) {
      if (!isJudged(mutant, resourceOf(mutant, original))) continue;
      const name = stage === 'dev' ? mutant.name : `${stage}: ${mutant.name}`;
      judged.push({
        ...mutant,
        name,
        stage,
        original,
        faults: await faultsOf(mutant.applyTo(original), stages[stage].stage),
      });
    }
  }
  return judged;
}

function resourceOf({ path: [section, id] }: Mutant, template: Template): Resource | undefined {
  if (section !== 'Resources') return undefined;
  const condition = template.Resources[String(id)]?.Condition;
  return { isConditional: condition !== undefined, isDeployed: !condition || conditionHolds(template, condition) };
}
