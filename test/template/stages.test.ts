import { beforeAll, describe, expect, it } from 'vitest';
import { compiled } from './compiled.js';
import { faultsOf } from './faults.js';
import { ofType, resolved, type Template } from './template.js';

let dev: Template;
let prod: Template;
let north: Template;

beforeAll(async () => {
  dev = await compiled('dev');
  prod = await compiled('prod');
  north = await compiled('north');
});

describe('the template is valid', () => {
  it('for stage dev', async () => expect(await faultsOf(dev, 'dev')).toEqual([]));
  it('for stage prod', async () => expect(await faultsOf(prod, 'prod')).toEqual([]));
  it('for a stage with a namespace', async () => expect(await faultsOf(north, 'north')).toEqual([]));
  it('for a stage with an issuer', async () => expect(await faultsOf(await compiled('withIssuer'), 'dev')).toEqual([]));
});

describe('stages side by side', () => {
  /** Names that are the same on every stage, and why they may be. */
  const shared: Record<string, string> = {
    'AWS::ApiGatewayV2::Authorizer Name': 'unique in its API only',
    'AWS::ApiGatewayV2::Stage StageName': 'unique in its API only',
    'AWS::CloudFront::Distribution HeaderName': 'of a header',
    'AWS::DynamoDB::Table AttributeName': 'of an attribute of an item',
    'AWS::DynamoDB::Table IndexName': 'unique in its table only',
    'AWS::IAM::Role PolicyName': 'unique in its role only',
  };

  function namesIn(value: unknown, type: string): string[] {
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([property, member]) => {
      const isName = /Name$/.test(property) && typeof member === 'string' && !/\$\{\w+(\.\w+)?\}/.test(member);
      return isName ? [`${type} ${property} ${member}`] : namesIn(member, type);
    });
  }
  const namesOf = ({ Resources, Outputs }: Template) => [
    ...Object.values(Resources).flatMap(({ Type, Properties = {} }) => namesIn(Properties, Type)),
    ...Object.values(Outputs).flatMap((output) => namesIn(output, 'Outputs')),
  ];

  it.each([
    ['dev', 'prod'],
    ['dev', 'north'],
    ['prod', 'north'],
  ] as const)('%s and %s share no name', async (one, other) => {
    const [names, others] = [namesOf(resolved(await compiled(one))), namesOf(resolved(await compiled(other)))];
    expect(names).toContain(`AWS::Lambda::Function FunctionName serverless-csms-${one}-csms`);
    expect(names).toContain(`Outputs Name sls-serverless-csms-${one}-ServiceEndpointWebsocket`);
    const isShared = (name: string) => others.includes(name) && !(name.replace(/ \S+$/, '') in shared);
    expect(names.filter(isShared)).toEqual([]);
  });
});

describe('what is removed with a stage', () => {
  const kept = ({ Resources }: Template, policy: 'DeletionPolicy' | 'UpdateReplacePolicy', how: string) =>
    Object.keys(Resources).filter((id) => (Resources[id]?.[policy] ?? 'Delete') === how);
  const withData = (template: Template) => [
    ...ofType(template, 'AWS::DynamoDB::Table').map(([id]) => id),
    'FilesBucket',
  ];

  it.each([
    ['DeletionPolicy', 'RetainExceptOnCreate'],
    ['UpdateReplacePolicy', 'Retain'],
  ] as const)('by its %s: on dev all, on prod all but tables and files (%s)', (policy, how) => {
    expect(kept(dev, policy, 'Delete')).toEqual(Object.keys(dev.Resources));
    expect(kept(prod, policy, how)).toEqual(withData(prod));
    expect(kept(prod, policy, 'Delete')).toEqual(
      Object.keys(prod.Resources).filter((id) => !withData(prod).includes(id)),
    );
  });
});

describe('the namespace', () => {
  const sqlOf = (template: Template) =>
    ofType(resolved(template), 'AWS::IoT::TopicRule')
      .map(([, { TopicRulePayload }]) => TopicRulePayload.Sql as string)
      .filter((sql) => !sql.includes("FROM '$aws/"));
  const topicsOf = (template: Template) => sqlOf(template).map((sql) => sql.split(' FROM ')[1]?.split(' WHERE ')[0]);
  const framesOf = (template: Template) => sqlOf(template).filter((sql) => sql.includes('encode('));
  /** The rules on commands that were settled. */
  const told = (prefix: string) => Array(2).fill(`${prefix}/events/command-settled'`);
  const publishesOf = (template: Template) => resourcesOf(template, 'iot:Publish');
  const resourcesOf = (template: Template, action: string) =>
    ofType(resolved(template), 'AWS::IAM::Role')
      .flatMap(([, { Policies }]) => Policies[0].PolicyDocument.Statement)
      .filter(({ Action }) => [Action].flat().includes(action))
      .flatMap(({ Resource }) => Resource as string | string[]);
  const topics = 'arn:${AWS::Partition}:iot:${AWS::Region}:${AWS::AccountId}:topic/';

  it('comes before the identity in what rules listen to', () => {
    expect(topicsOf(north)).toEqual([...["'north/+/in'", "'north/+/out'"], ...told("'north/+")]);
    for (const sql of framesOf(north)) expect(sql).toContain('topic(2) AS chargePointId');
  });

  it('is the only one that roles may publish in', () => {
    expect(publishesOf(north)).not.toEqual([]);
    for (const resource of publishesOf(north)) expect(resource).toMatch(`${topics}north/*/`);
  });

  it('is the only one that live URLs may listen in', () => {
    for (const action of ['iot:Subscribe', 'iot:Receive']) {
      const resources = resourcesOf(north, action);
      expect(resources).toHaveLength(3);
      for (const resource of resources) expect(resource).toMatch(/:topic(filter)?\/north\/\*\//);
    }
  });

  it('is given to each function that makes topic names', () => {
    const given = (template: Template) =>
      ofType(template, 'AWS::Lambda::Function').flatMap(([id, { Environment }]) =>
        'NAMESPACE' in (Environment?.Variables ?? {}) ? [`${id} ${Environment.Variables.NAMESPACE}`] : [],
      );
    expect(given(north)).toContain('CsmsLambdaFunction north');
    expect(given(north)).toEqual(given(dev).map((entry) => `${entry}north`));
  });

  it('is empty when none is set', () => {
    expect(topicsOf(dev)).toEqual([...["'+/in'", "'+/out'"], ...told("'+")]);
    for (const sql of framesOf(dev)) expect(sql).toContain('topic(1) AS chargePointId');
    for (const resource of publishesOf(dev)) expect(resource).toMatch(`${topics}*/`);
  });
});
