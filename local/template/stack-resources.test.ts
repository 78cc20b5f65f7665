import { describe, expect, it } from 'vitest';
import { stackResources } from './stack-resources.js';
import type { Resource, Template } from './template.js';

const place = {
  stackName: 'csms-dev',
  accountId: '123456789012',
  region: 'eu-west-1',
  edgeHost: '127.0.0.1:9000',
  endpoint: 'http://127.0.0.1:9001',
};

function resolved(Resources: Record<string, Resource>, more: Partial<Template> = {}) {
  return stackResources({ folder: '', stackName: 'csms-dev', Conditions: {}, Outputs: {}, Resources, ...more }, place);
}

const table = { Type: 'AWS::DynamoDB::Table', Properties: {} };
/** What a value becomes in a template with the table `Table`. */
function valueOf(value: unknown, more: Partial<Template> = {}): unknown {
  const Custom = { Type: 'Custom::Probe', Properties: { value } };
  return resolved({ Table: table, Custom }, more).only('Custom::*').properties.value;
}

describe('intrinsic functions', () => {
  it.each([
    [{ Ref: 'Table' }, 'csms-dev-Table'],
    [{ Ref: 'AWS::Region' }, 'eu-west-1'],
    [{ 'Fn::GetAtt': ['Table', 'Arn'] }, 'arn:aws:dynamodb:eu-west-1:123456789012:table/csms-dev-Table'],
    [{ 'Fn::Join': ['/', ['a', { Ref: 'Table' }]] }, 'a/csms-dev-Table'],
    [
      { 'Fn::Sub': '${AWS::AccountId}: ${Table}, ${Table.Arn}' },
      expect.stringMatching(/^1234.*: csms-dev-Table, arn:/),
    ],
    [{ 'Fn::Sub': ['${Name} and ${Table}', { Name: { Ref: 'AWS::StackName' } }] }, 'csms-dev and csms-dev-Table'],
    [{ 'Fn::Sub': '${!Literal}' }, '${Literal}'],
    [[{ deep: { Ref: 'Table' } }], [{ deep: 'csms-dev-Table' }]],
    [
      { Ref: 'Table', and: 'more' },
      { Ref: 'Table', and: 'more' },
    ],
    [true, true],
    [null, null],
  ])('%j', (value, expected) => {
    expect(valueOf(value)).toEqual(expected);
  });

  it.each([
    [{ 'Fn::Cidr': [] }, 'does not know the intrinsic function Fn::Cidr'],
    [{ Ref: 'Absent' }, 'The template has no resource Absent'],
    [{ Ref: 'AWS::NoValue' }, 'The template has no resource AWS::NoValue'],
    [{ 'Fn::GetAtt': ['Table', 'StreamArn'] }, 'Table has no attribute StreamArn'],
    [{ 'Fn::Sub': '${Absent.Arn}' }, 'The template has no resource Absent'],
    [{ 'Fn::If': ['Absent', 1, 2] }, 'The template has no condition Absent'],
    ['{{resolve:ssm:/a/b}}', 'does not know the dynamic reference ssm:/a/b'],
    ['{{resolve:secretsmanager:arn:x:SecretString}}', 'does not know the dynamic reference secretsmanager:arn:x'],
  ])('%j: %s', (value, message) => {
    expect(() => valueOf(value)).toThrow(message);
  });
});

describe('conditions', () => {
  const Conditions = {
    IsEqual: { 'Fn::Equals': ['a', 'a'] },
    IsNot: { 'Fn::Not': [{ Condition: 'IsEqual' }] },
    IsNotNot: { 'Fn::Not': [{ 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] }] }] },
  };

  it.each([
    ['IsEqual', 'yes'],
    ['IsNot', 'no'],
    ['IsNotNot', 'yes'],
  ])('%s: %s', (name, expected) => {
    expect(valueOf({ 'Fn::If': [name, 'yes', 'no'] }, { Conditions })).toBe(expected);
  });

  it('only the branch that is taken has to make sense', () => {
    expect(valueOf({ 'Fn::If': ['IsEqual', 'yes', { Ref: 'Absent' }] }, { Conditions })).toBe('yes');
  });

  it('a resource whose condition does not hold does not exist', () => {
    const Resources = { There: { ...table, Condition: 'IsEqual' }, Missing: { ...table, Condition: 'IsNot' } };
    expect(resolved(Resources, { Conditions }).ofType(table.Type)).toMatchObject([{ logicalId: 'There' }]);
    const Custom = { Type: 'Custom::Probe', Properties: { value: { Ref: 'Missing' } } };
    expect(() => resolved({ ...Resources, Custom }, { Conditions })).toThrow('no resource Missing');
  });
});

describe('resources', () => {
  it.each([
    [{ Type: 'AWS::Kinesis::Stream' }, 'resource type AWS::Kinesis::Stream (It)'],
    [{ Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } }, 'the property FifoQueue of AWS::SQS::Queue (It)'],
  ])('that are unknown are named: %j', (resource, message) => {
    expect(() => resolved({ It: resource })).toThrow(`The embedded AWS does not know ${message}`);
  });

  it('a secret is made up, and is the same wherever it is named', () => {
    const named = (name: string) => ({ 'Fn::Sub': `${name} {{resolve:secretsmanager:\${Secret}:SecretString}}` });
    const { only } = resolved({
      Custom: { Type: 'Custom::Probe', Properties: { a: named('a'), b: named('b') } },
      Secret: { Type: 'AWS::SecretsManager::Secret' },
    });
    const { a, b } = only('Custom::*').properties as { a: string; b: string };
    expect(a).toMatch(/^a [0-9a-f]{40}$/);
    expect(b.slice(2)).toBe(a.slice(2));
  });

  it('of which there is to be one are told apart', () => {
    const { only } = resolved({ A: table, B: table });
    expect(() => only('AWS::DynamoDB::Table')).toThrow('The template has 2 of AWS::DynamoDB::Table.');
    expect(() => only('AWS::SQS::Queue')).toThrow('The template has 0 of AWS::SQS::Queue.');
  });
});
