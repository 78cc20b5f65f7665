import { describe, expect, it } from 'vitest';
import { compile } from '../../start/compile.js';
import { stages } from '../../test/stages.js';
import { startIam } from '../iam.js';
import { takeUpRoles } from './service-roles.js';
import { stackResources } from './stack-resources.js';
import { loadTemplate, type Template } from './template.js';

const template = loadTemplate(await compile(stages.dev));
const region = { accountId: '1', region: 'eu-west-1' };

function takeUp(changed: Template) {
  const place = { ...region, stackName: 'stage', edgeHost: 'localhost:1', endpoint: 'http://localhost:2' };
  const iam = startIam({ clock: { now: () => 0 } });
  takeUpRoles(stackResources(changed, place), region, iam);
  return iam;
}

interface Statement {
  Action: string | string[];
  Resource: unknown;
}

/** Every action of every statement of every role: who loses it, and the template without it. */
const withoutOne = Object.entries(template.Resources)
  .filter(([, { Type }]) => Type === 'AWS::IAM::Role')
  .flatMap(([role, { Properties = {} }]) => {
    const [policy] = Properties.Policies as { PolicyDocument: { Statement: Statement[] } }[];
    return (policy?.PolicyDocument.Statement ?? []).flatMap(({ Action, Resource }, index) =>
      [Action].flat().map((action) => {
        const changed = structuredClone(template);
        const [copy] = changed.Resources[role]?.Properties?.Policies as (typeof policy)[];
        const statement = copy?.PolicyDocument.Statement[index] as Statement;
        statement.Action = [statement.Action].flat().filter((other) => other !== action);
        return { role, action, resource: JSON.stringify(Resource), changed };
      }),
    );
  });

/** What AWS's own services do in the roles; everything else the functions' own calls need. */
const byServices = withoutOne.filter(
  ({ role, action, resource }) =>
    /^logs:|^sqs:(Receive|Delete)/.test(action) ||
    (action === 'sqs:GetQueueAttributes' && role === 'TimersRole') ||
    (action === 'sqs:SendMessage' && resource.includes('FailuresQueue')),
);

describe('the roles of the template', () => {
  it('allow what AWS does in them', () => {
    const used = takeUp(template)
      .grants()
      .filter(({ isUsed }) => isUsed);
    expect(used).toHaveLength(byServices.length);
  });

  it.each(byServices)('$role without $action is refused at deployment, and named', ({ role, action, changed }) => {
    expect(() => takeUp(changed)).toThrow(new RegExp(`stage-${role}/.* is not authorized to perform: ${action} `));
  });
});
