import { beforeAll, expect, it } from 'vitest';
import { compiled } from './compiled.js';
import { faultsOf } from './faults.js';
import type { Resource, Template } from './template.js';

type Resources = Record<string, Required<Resource>>;

/** What no generated mutant has, because it is an addition or another choice: and the sentence it must be told with. */
const additions: [name: string, mutate: (resources: Resources) => void, fault: string][] = [
  [
    'a rule by which firmware expires',
    ({ FilesBucket }) =>
      FilesBucket!.Properties.LifecycleConfiguration.Rules.push({ Status: 'Enabled', ExpirationInDays: 90 }),
    'FilesBucket.Properties.LifecycleConfiguration.Rules: Too big',
  ],
  [
    'a bucket that others may read',
    ({ FilesBucketPolicy }) =>
      FilesBucketPolicy!.Properties.PolicyDocument.Statement.push({
        ...{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' },
      }),
    'FilesBucketPolicy.Properties.PolicyDocument is to refuse whoever comes to FilesBucket without TLS, and to let the edge in',
  ],
  [
    'files that everybody may have',
    ({ FilesEdgeFunction }) =>
      (FilesEdgeFunction!.Properties.FunctionCode = 'function handler(event) { return event.request; }'),
    'FilesEdgeFunction: what it makes of a signed URL is to be /uploads/CP1/log/7/log.zip, not ',
  ],
  [
    'files that nobody may have',
    ({ FilesEdgeFunction }) =>
      (FilesEdgeFunction!.Properties.FunctionCode = 'function handler() { return { statusCode: 403 }; }'),
    'FilesEdgeFunction: what it makes of a signed URL is to be /uploads/CP1/log/7/log.zip, not 403',
  ],
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
    'a replacement that is kept as only a removal can keep it',
    ({ CommandsTable }) => (CommandsTable!.UpdateReplacePolicy = 'RetainExceptOnCreate'),
    'CommandsTable.UpdateReplacePolicy is to be one of Delete, Retain, not RetainExceptOnCreate',
  ],
  [
    'a misspelled property',
    ({ CsmsLambdaFunction }) => (CsmsLambdaFunction!.Properties.TimeOut = 30),
    'CsmsLambdaFunction.Properties.TimeOut is unknown to AWS::Lambda::Function',
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
    'a loop that Lambda would end',
    ({ TimersLambdaFunction }) => delete TimersLambdaFunction!.Properties.RecursiveLoop,
    'TimersLambdaFunction: Lambda ends its loop through TimersQueue after sixteen rounds, without a RecursiveLoop of Allow',
  ],
  [
    'a custom resource that hangs for an hour',
    ({ Setup }) => delete Setup!.Properties.ServiceTimeout,
    'Setup.Properties.ServiceTimeout is to be from 210 to 3599 s: its function may fail twice',
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
    'CsmsRole.Properties.ManagedPolicyArns: grants more than a function uses',
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
    'an environment that is small only by its references',
    ({ ConfigurationLambdaFunction }) => {
      const { Variables } = ConfigurationLambdaFunction!.Properties.Environment;
      for (let n = 0; n < 40; n++) Variables[`QUEUE_${n}`] = { Ref: 'FailuresQueue' };
    },
    'ConfigurationLambdaFunction.Properties.Environment.Variables: more than 4 KB of environment',
  ],
  [
    'policies that are small only by their references',
    ({ ApiRole }) => {
      const [{ PolicyDocument }] = ApiRole!.Properties.Policies;
      const Resource = Array(45).fill({ 'Fn::GetAtt': ['CommandsTable', 'Arn'] });
      ApiRole!.Properties.Policies.push({
        PolicyName: 'more',
        PolicyDocument: { ...PolicyDocument, Statement: [{ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource }] },
      });
    },
    'ApiRole.Properties.Policies: more than 10 KB of policies',
  ],
  [
    'tables with indexes that are created at once',
    ({ HistoryTable }) => Object.assign(HistoryTable!, { DependsOn: 'AuditTable' }),
    "HistoryTable: DynamoDB may create one table with indexes at a time, and it doesn't wait for CommandsTable",
  ],
  [
    'provisioned capacity',
    ({ ConnectionsTable }) => (ConnectionsTable!.Properties.BillingMode = 'PROVISIONED'),
    'ConnectionsTable.Properties.BillingMode: Invalid input: expected "PAY_PER_REQUEST"',
  ],
  [
    'a delay beyond what a queue can do',
    ({ TimersQueue }) => (TimersQueue!.Properties.DelaySeconds = 901),
    'TimersQueue.Properties.DelaySeconds: Too big: expected number to be <=900',
  ],
  [
    'an expiry that nobody decided',
    ({ ConnectionsTable }) =>
      (ConnectionsTable!.Properties.TimeToLiveSpecification = { AttributeName: 'expires', Enabled: true }),
    'ConnectionsTable.Properties.TimeToLiveSpecification is to be missing',
  ],
  [
    'a resource that stays on dev',
    ({ EdgeSecret }) => (EdgeSecret!.DeletionPolicy = 'Retain'),
    'EdgeSecret.DeletionPolicy is to be Delete on dev',
  ],
  [
    'a function that takes longer than API Gateway waits',
    ({ MessageLambdaFunction }) => (MessageLambdaFunction!.Properties.Timeout = 30),
    'MessageLambdaFunction: SdefaultWebsocketsRoute waits 29 s, not 30 s',
  ],
  [
    'executions that are reserved',
    ({ CsmsLambdaFunction }) => (CsmsLambdaFunction!.Properties.ReservedConcurrentExecutions = 5),
    'CsmsLambdaFunction.Properties.ReservedConcurrentExecutions: a new account has ten executions at once to share',
  ],
  [
    'an index that does not exist',
    ({ CsmsRole }) => (statements(CsmsRole)[1].Resource = { 'Fn::Sub': '${CommandsTable.Arn}/index/absent' }),
    'CsmsRole: ${CommandsTable.Arn}/index/absent is nothing of this stack',
  ],
  [
    'a thing of one name',
    ({ ConnectRole }) =>
      (statements(ConnectRole)[1].Resource = { 'Fn::Sub': 'arn:aws:dynamodb:us-east-1:123456789012:table/mine' }),
    'ConnectRole: arn:aws:dynamodb:us-east-1:123456789012:table/mine is nothing of this stack',
  ],
  [
    "a variable that isn't read",
    ({ CsmsLambdaFunction }) => (CsmsLambdaFunction!.Properties.Environment.Variables.EDGE_SECRET = 'x'.repeat(20)),
    "CsmsLambdaFunction is given EDGE_SECRET, which it doesn't read",
  ],
  [
    'a name that every stage would have',
    ({ WebsocketsApi }) => (WebsocketsApi!.Properties.Name = 'sockets'),
    'WebsocketsApi would have the same name on every stage: sockets',
  ],
  [
    'a route by the message',
    (resources) =>
      (resources.Extra = {
        ...resources.SdefaultWebsocketsRoute!,
        Properties: { ...resources.SdefaultWebsocketsRoute!.Properties, RouteKey: 'Heartbeat' },
      }),
    'Extra: Heartbeat would be chosen by what a charge point sends',
  ],
  [
    "a rule in IoT's old SQL",
    ({ InRule }) => (InRule!.Properties.TopicRulePayload.AwsIotSqlVersion = '2015-10-08'),
    'InRule.Properties.TopicRulePayload.AwsIotSqlVersion: Invalid input: expected "2016-03-23"',
  ],
  [
    'a header that CloudFront refuses',
    ({ EdgeDistribution }) =>
      (EdgeDistribution!.Properties.DistributionConfig.Origins[0].OriginCustomHeaders[0].HeaderName = 'X-Edge-Secret'),
    'EdgeDistribution.Properties.DistributionConfig.Origins.0.OriginCustomHeaders.0.HeaderName: CloudFront refuses to add this header',
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
    'a sweep that nobody begins',
    ({ SweepEventsRuleSchedule1 }) => (SweepEventsRuleSchedule1!.Properties.State = 'DISABLED'),
    'SweepEventsRuleSchedule1.Properties.State: Invalid input: expected "ENABLED"',
  ],
  [
    'a schedule that AWS does not take',
    ({ SweepEventsRuleSchedule1 }) => (SweepEventsRuleSchedule1!.Properties.ScheduleExpression = 'rate(1 minutes)'),
    'SweepEventsRuleSchedule1.Properties.ScheduleExpression: Invalid string',
  ],
  [
    'a sweep that is told again though the next is there',
    ({ SweepLambdaEvConf }) => (SweepLambdaEvConf!.Properties.MaximumRetryAttempts = 2),
    'SweepLambdaEvConf: an event of a schedule is to be told once, and only within its minute',
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

it.each(additions)('%s is found', async (_, mutate, fault) => {
  const mutated = structuredClone(template);
  mutate(mutated.Resources as Resources);
  expect(await faultsOf(mutated, 'dev')).toContainEqual(expect.stringContaining(fault));
});
