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
});

describe('stages side by side', () => {
  /** Names that we give, unique in an account and Region. An authorizer's is unique in its API only. */
  const namesOf = (template: Template) =>
    Object.values(resolved(template).Resources)
      .filter(({ Type }) => Type !== 'AWS::ApiGatewayV2::Authorizer')
      .flatMap(({ Type, Properties = {} }) =>
        Object.entries(Properties)
          .filter(([property, value]) => property.endsWith('Name') && !String(value).startsWith('${'))
          .map(([property, value]) => `${Type} ${property} ${value}`),
      );
  const exportsOf = ({ Outputs }: Template) =>
    Object.values(Outputs).flatMap((output) => ('Export' in output ? [JSON.stringify(output.Export)] : []));

  it('share no physical name', () => {
    const names = namesOf(prod);
    expect(names).toContain('AWS::Lambda::Function FunctionName serverless-csms-prod-csms');
    expect(namesOf(dev).filter((name) => names.includes(name))).toEqual([]);
  });

  it('share no exported name', () => {
    const names = exportsOf(prod);
    expect(exportsOf(dev).filter((name) => names.includes(name))).toEqual([]);
  });
});

describe('the namespace', () => {
  const sqlOf = (template: Template) =>
    ofType(resolved(template), 'AWS::IoT::TopicRule')
      .map(([, { TopicRulePayload }]) => TopicRulePayload.Sql as string)
      .filter((sql) => !sql.includes("FROM '$aws/"));
  const publishesOf = (template: Template) =>
    ofType(resolved(template), 'AWS::IAM::Role')
      .flatMap(([, { Policies }]) => Policies[0].PolicyDocument.Statement)
      .filter(({ Action }) => [Action].flat().includes('iot:Publish'))
      .map(({ Resource }) => Resource as string);
  const topics = 'arn:${AWS::Partition}:iot:${AWS::Region}:${AWS::AccountId}:topic/';

  it('comes before the identity in what rules listen to', () => {
    expect(sqlOf(north).map((sql) => sql.split(' FROM ')[1])).toEqual(["'north/+/in'", "'north/+/out'"]);
    for (const sql of sqlOf(north)) expect(sql).toContain('topic(2) AS chargePointId');
  });

  it('is the only one that roles may publish in', () => {
    expect(publishesOf(north)).not.toEqual([]);
    for (const resource of publishesOf(north)) expect(resource).toMatch(`${topics}north/*/`);
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
    expect(sqlOf(dev).map((sql) => sql.split(' FROM ')[1])).toEqual(["'+/in'", "'+/out'"]);
    for (const sql of sqlOf(dev)) expect(sql).toContain('topic(1) AS chargePointId');
    for (const resource of publishesOf(dev)) expect(resource).toMatch(`${topics}*/`);
  });
});
