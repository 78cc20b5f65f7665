import { beforeAll, expect, it } from 'vitest';
import { compiled } from './compiled.js';
import { faultsOf } from './faults.js';
import type { Resource, Template } from './template.js';

type Resources = Record<string, Required<Resource>>;

/** What is done to the real template, and the sentence it must be told with. */
const mutations: [name: string, mutate: (resources: Resources) => void, fault: string][] = [
  [
    'an unknown resource type',
    ({ InRule }) => (InRule!.Type = 'AWS::IoT::TopicRul'),
    'InRule: AWS has no resource type AWS::IoT::TopicRul',
  ],
  [
    'a misspelled member of a resource',
    ({ TimersQueue }) => Object.assign(TimersQueue!, { DependOn: [] }),
    'TimersQueue.DependOn is no member of a resource',
  ],
  [
    'a missing property',
    ({ CsmsLambdaFunction }) => delete CsmsLambdaFunction!.Properties.Code,
    'CsmsLambdaFunction.Properties.Code is missing',
  ],
  [
    'a missing property, nested',
    ({ InRule }) => delete InRule!.Properties.TopicRulePayload.Sql,
    'InRule.Properties.TopicRulePayload.Sql is missing',
  ],
  [
    'a misspelled property',
    ({ CsmsLambdaFunction }) => (CsmsLambdaFunction!.Properties.TimeOut = 30),
    'CsmsLambdaFunction.Properties.TimeOut is unknown to AWS::Lambda::Function',
  ],
  [
    'a misspelled property, nested in a list',
    ({ ConnectorsTable }) => (ConnectorsTable!.Properties.KeySchema[1].Keytype = 'RANGE'),
    'ConnectorsTable.Properties.KeySchema.1.Keytype is unknown to KeySchema',
  ],
  [
    'a number given as text',
    ({ TimersQueue }) => (TimersQueue!.Properties.VisibilityTimeout = '60'),
    'TimersQueue.Properties.VisibilityTimeout is to be of type integer, not "60"',
  ],
  [
    'one value instead of a list',
    ({ CsmsLambdaFunction }) => (CsmsLambdaFunction!.Properties.Architectures = 'arm64'),
    'CsmsLambdaFunction.Properties.Architectures is to be a list',
  ],
  [
    'text instead of an object',
    ({ InRule }) => (InRule!.Properties.TopicRulePayload = { Ref: 'OutRule' }),
    'InRule.Properties.TopicRulePayload is to be an object, not Ref',
  ],
  [
    'a wrong type in one branch of a condition',
    ({ CsmsLambdaFunction }) => (CsmsLambdaFunction!.Properties.Timeout = { 'Fn::If': ['HasNamespace', 30, 'long'] }),
    'CsmsLambdaFunction.Properties.Timeout is to be of type integer, not "long"',
  ],
  [
    'a value that AWS does not list',
    ({ CsmsLambdaFunction }) => (CsmsLambdaFunction!.Properties.RecursiveLoop = 'Maybe'),
    'CsmsLambdaFunction.Properties.RecursiveLoop is to be one of Allow, Terminate, not "Maybe"',
  ],
  [
    'a custom resource without its function',
    ({ Setup }) => delete Setup!.Properties.ServiceToken,
    'Setup.Properties.ServiceToken is missing',
  ],
  [
    'a Ref to nothing',
    ({ ConnectLambdaFunction }) =>
      (ConnectLambdaFunction!.Properties.Environment.Variables.CONNECTIONS_TABLE = { Ref: 'ConnectionTable' }),
    "ConnectLambdaFunction.Properties.Environment.Variables.CONNECTIONS_TABLE refers to ConnectionTable, which doesn't exist",
  ],
  [
    'a GetAtt of nothing',
    ({ CsmsLambdaFunction }) => (CsmsLambdaFunction!.Properties.Role = { 'Fn::GetAtt': ['CsmRole', 'Arn'] }),
    "CsmsLambdaFunction.Properties.Role refers to CsmRole, which doesn't exist",
  ],
  [
    'a GetAtt of an attribute that the type lacks',
    ({ CsmsLambdaFunction }) => (CsmsLambdaFunction!.Properties.Role = { 'Fn::GetAtt': ['CsmsRole', 'ARN'] }),
    "CsmsLambdaFunction.Properties.Role asks CsmsRole for ARN, which AWS::IAM::Role doesn't have",
  ],
  [
    'a Sub of nothing',
    ({ EdgeFunction }) => (EdgeFunction!.Properties.Name = { 'Fn::Sub': '${AWS::StackName}-${Stage}' }),
    "EdgeFunction.Properties.Name refers to Stage, which doesn't exist",
  ],
  [
    'a DependsOn of nothing',
    ({ Setup }) => (Setup!.DependsOn = 'RulePermission'),
    "Setup.DependsOn refers to RulePermission, which doesn't exist",
  ],
  [
    'a Condition of nothing',
    ({ TimersQueue }) => (TimersQueue!.Condition = 'HasTimers'),
    "TimersQueue.Condition depends on condition HasTimers, which doesn't exist",
  ],
  [
    'an If of nothing',
    ({ TimersQueue }) => (TimersQueue!.Properties.VisibilityTimeout = { 'Fn::If': ['HasTimers', 60, 90] }),
    "TimersQueue.Properties.VisibilityTimeout depends on condition HasTimers, which doesn't exist",
  ],
  [
    'a misspelled action',
    ({ ConnectRole }) => (statements(ConnectRole)[1].Action = ['dynamodb:PutItm']),
    'ConnectRole: IAM has no action dynamodb:PutItm',
  ],
  [
    'a misspelled service',
    ({ ConnectRole }) => (statements(ConnectRole)[1].Action = 'dynamo:PutItem'),
    'ConnectRole: IAM has no action dynamo:PutItem',
  ],
  [
    'a wildcard for actions',
    ({ ConnectRole }) => (statements(ConnectRole)[1].Action = 'dynamodb:Get*'),
    'ConnectRole: dynamodb:Get* is a wildcard',
  ],
  [
    'a wildcard for resources',
    ({ ConnectRole }) => (statements(ConnectRole)[1].Resource = '*'),
    'ConnectRole: dynamodb:GetItem is granted on every resource',
  ],
  [
    'a scan',
    ({ ConnectRole }) => statements(ConnectRole)[1].Action.push('dynamodb:Scan'),
    'ConnectRole: dynamodb:Scan is granted to nobody',
  ],
  [
    'a role for two functions',
    ({ MessageLambdaFunction, ConnectLambdaFunction }) =>
      (MessageLambdaFunction!.Properties.Role = ConnectLambdaFunction!.Properties.Role),
    "ConnectRole is to be one function's role, not that of ConnectLambdaFunction, MessageLambdaFunction",
  ],
  [
    'a managed policy',
    ({ CsmsRole }) => (CsmsRole!.Properties.ManagedPolicyArns = ['arn:aws:iam::aws:policy/AdministratorAccess']),
    'CsmsRole: managed policies grant more than a function uses',
  ],
  [
    'another runtime',
    ({ CsmsLambdaFunction }) => (CsmsLambdaFunction!.Properties.Runtime = 'nodejs18.x'),
    'CsmsLambdaFunction.Properties.Runtime: Invalid input: expected "nodejs22.x"',
  ],
  [
    'another architecture',
    ({ CsmsLambdaFunction }) => (CsmsLambdaFunction!.Properties.Architectures = ['x86_64']),
    'CsmsLambdaFunction.Properties.Architectures.0: Invalid input: expected "arm64"',
  ],
  [
    'a long function name',
    ({ CsmsLambdaFunction }) => (CsmsLambdaFunction!.Properties.FunctionName = 'c'.repeat(65)),
    'CsmsLambdaFunction.Properties.FunctionName: Too big: expected string to have <=64 characters',
  ],
  [
    'a large environment',
    ({ CsmsLambdaFunction }) => (CsmsLambdaFunction!.Properties.Environment.Variables.NOTE = 'x'.repeat(4096)),
    'CsmsLambdaFunction.Properties.Environment.Variables: more than 4 KB of environment',
  ],
  [
    'provisioned capacity',
    ({ ConnectionsTable }) => (ConnectionsTable!.Properties.BillingMode = 'PROVISIONED'),
    'ConnectionsTable.Properties.BillingMode: Invalid input: expected "PAY_PER_REQUEST"',
  ],
  [
    'a table that stays on dev',
    ({ ConnectionsTable }) => (ConnectionsTable!.DeletionPolicy = 'Retain'),
    'ConnectionsTable.DeletionPolicy is to be Delete on dev',
  ],
  [
    "a rule in IoT's old SQL",
    ({ InRule }) => (InRule!.Properties.TopicRulePayload.AwsIotSqlVersion = '2015-10-08'),
    'InRule.Properties.TopicRulePayload.AwsIotSqlVersion: Invalid input: expected "2016-03-23"',
  ],
  [
    'a rule without error action',
    ({ InRule }) => delete InRule!.Properties.TopicRulePayload.ErrorAction,
    'InRule.Properties.TopicRulePayload.ErrorAction: Invalid input: expected object, received undefined',
  ],
  [
    'a header that CloudFront refuses',
    ({ EdgeDistribution }) =>
      (EdgeDistribution!.Properties.DistributionConfig.Origins[0].OriginCustomHeaders[0].HeaderName = 'X-Edge-Secret'),
    'EdgeDistribution.Properties.DistributionConfig.Origins.0.OriginCustomHeaders.0.HeaderName: CloudFront refuses to add this header',
  ],
  [
    'a refusal that CloudFront caches',
    ({ EdgeDistribution }) => EdgeDistribution!.Properties.DistributionConfig.CustomErrorResponses.shift(),
    'EdgeDistribution.Properties.DistributionConfig.CustomErrorResponses: CloudFront would cache 404',
  ],
  [
    'more resources than a stack may have',
    (resources) => {
      for (let n = 0; n < 500; n++) resources[`Queue${n}`] = { Type: 'AWS::SQS::Queue' } as Required<Resource>;
    },
    'resources, CloudFormation takes 500',
  ],
  [
    'a queue that is impatient',
    ({ TimersQueue }) => (TimersQueue!.Properties.VisibilityTimeout = 59),
    "TimersQueue: a visibility of 59 s is less than 6 × the function's 10 s",
  ],
  [
    'a queue without redrive',
    ({ TimersQueue }) => delete TimersQueue!.Properties.RedrivePolicy,
    'TimersQueue: a queue that a function reads needs a RedrivePolicy',
  ],
  [
    'a function of a rule without OnFailure',
    ({ CsmsLambdaEvConf }) => delete CsmsLambdaEvConf!.Properties.DestinationConfig,
    'CsmsLambdaFunction: what it fails to do for InRule is lost without an OnFailure destination',
  ],
  [
    'a function of a custom resource without OnFailure',
    (resources) => delete resources.SetupLambdaEvConf,
    'SetupLambdaFunction: what it fails to do for Setup is lost without an OnFailure destination',
  ],
  [
    'a missing permission',
    (resources) => delete resources.OutRulePermission,
    'OutRule has no permission to invoke DeliverLambdaFunction',
  ],
  [
    "a permission for another rule's Arn",
    ({ InRulePermission, OutRulePermission }) =>
      (InRulePermission!.Properties.SourceArn = OutRulePermission!.Properties.SourceArn),
    'InRule has no permission to invoke CsmsLambdaFunction',
  ],
  [
    'an identity source',
    ({ IdentifyWebsocketsAuthorizer }) =>
      (IdentifyWebsocketsAuthorizer!.Properties.IdentitySource = ['route.request.header.Auth']),
    'IdentifyWebsocketsAuthorizer.Properties.IdentitySource is to be an empty list, or charge points get 401',
  ],
];

const statements = (role: Resource | undefined) => role?.Properties?.Policies[0].PolicyDocument.Statement;

let template: Template;

beforeAll(async () => {
  template = await compiled('dev');
});

it.each(mutations)('%s is found', async (_, mutate, fault) => {
  const mutated = structuredClone(template);
  mutate(mutated.Resources as Resources);
  expect(await faultsOf(mutated, 'dev')).toContainEqual(expect.stringContaining(fault));
});
