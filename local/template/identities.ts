import { createHash } from 'node:crypto';
import { arnOf, type Region } from '../arn.js';
import type { Identity } from './intrinsics.js';

/** Where a stack's resources are. */
export interface Place extends Region {
  stackName: string;
  /** Behind the names that CloudFormation makes up: what a removed stack of the same name kept is not found again. */
  suffix?: string;
  /** `127.0.0.1:9000`, where charge points connect. */
  edgeHost: string;
  /** Where SDK clients connect. */
  endpoint: string;
}

interface ResourceType {
  /** What `Ref` and `Fn::GetAtt` give; without it `Ref` gives the name. */
  identify?(name: string, place: Place, properties: Record<string, unknown>): Identity;
  /** The properties that are taken up, or make no difference here; or why the whole resource makes none. */
  properties: string[] | { none: string };
}

/** What of a table makes up the table; backups and encryption have no effect here. */
export const ofTable = [
  'AttributeDefinitions',
  'BillingMode',
  'GlobalSecondaryIndexes',
  'KeySchema',
  'LocalSecondaryIndexes',
];
/** Of a function: these make no difference here. */
const withoutEffect = ['Architectures', 'Description', 'MemorySize', 'Runtime'];

const globalArn = (service: string, { accountId }: Place, resource: string) =>
  `arn:aws:${service}::${accountId}:${resource}`;

/** What the embedded AWS knows. Anything else in a template is an error. */
const resourceTypes: Record<string, ResourceType> = {
  'AWS::ApiGatewayV2::Api': {
    identify: (name) => ({ ref: createHash('sha256').update(name).digest('hex').slice(0, 10), attributes: {} }),
    properties: ['Description', 'Name', 'ProtocolType', 'RouteSelectionExpression'],
  },
  'AWS::ApiGatewayV2::Authorizer': {
    properties: ['ApiId', 'AuthorizerType', 'AuthorizerUri', 'IdentitySource', 'JwtConfiguration', 'Name'],
  },
  'AWS::ApiGatewayV2::Deployment': { properties: { none: 'routes are live at once' } },
  'AWS::ApiGatewayV2::Integration': {
    properties: ['ApiId', 'IntegrationType', 'IntegrationUri', 'PayloadFormatVersion'],
  },
  'AWS::ApiGatewayV2::Route': { properties: ['ApiId', 'AuthorizationType', 'AuthorizerId', 'RouteKey', 'Target'] },
  'AWS::ApiGatewayV2::Stage': {
    properties: ['ApiId', 'AutoDeploy', 'DefaultRouteSettings', 'DeploymentId', 'Description', 'StageName'],
  },
  'AWS::CloudFront::Distribution': {
    identify: (name, { edgeHost }) => ({ ref: name, attributes: { DomainName: edgeHost } }),
    properties: ['DistributionConfig'],
  },
  'AWS::CloudFront::Function': {
    identify: (name, place) => {
      const FunctionARN = globalArn('cloudfront', place, `function/${name}`);
      return { ref: FunctionARN, attributes: { FunctionARN } };
    },
    properties: ['AutoPublish', 'FunctionCode', 'FunctionConfig', 'Name'],
  },
  'AWS::CloudFront::OriginAccessControl': {
    identify: (name) => ({ ref: name, attributes: { Id: name } }),
    properties: ['OriginAccessControlConfig'],
  },
  'AWS::DynamoDB::Table': {
    identify: (name, place, { TableName = name }) => ({
      ref: TableName as string,
      attributes: { Arn: arnOf(place, 'dynamodb', `table/${TableName}`) },
    }),
    properties: [
      ...ofTable,
      'PointInTimeRecoverySpecification',
      'SSESpecification',
      'TableName',
      'TimeToLiveSpecification',
    ],
  },
  'AWS::Events::Rule': {
    identify: (name, place) => ({ ref: name, attributes: { Arn: arnOf(place, 'events', `rule/${name}`) } }),
    properties: ['Description', 'ScheduleExpression', 'State', 'Targets'],
  },
  'AWS::IAM::Role': {
    identify: (name, place) => ({ ref: name, attributes: { Arn: globalArn('iam', place, `role/${name}`) } }),
    properties: ['AssumeRolePolicyDocument', 'Policies'],
  },
  'AWS::IoT::TopicRule': {
    identify: (name, place) => {
      const ref = name.replaceAll('-', '_');
      return { ref, attributes: { Arn: arnOf(place, 'iot', `rule/${ref}`) } };
    },
    properties: ['TopicRulePayload'],
  },
  'AWS::Lambda::EventInvokeConfig': {
    properties: ['DestinationConfig', 'FunctionName', 'MaximumEventAgeInSeconds', 'MaximumRetryAttempts', 'Qualifier'],
  },
  'AWS::Lambda::EventSourceMapping': {
    properties: ['BatchSize', 'Enabled', 'EventSourceArn', 'FunctionName', 'FunctionResponseTypes'],
  },
  'AWS::Lambda::Function': {
    identify: (name, place, { FunctionName = name }) => ({
      ref: FunctionName as string,
      attributes: { Arn: arnOf(place, 'lambda', `function:${FunctionName}`) },
    }),
    properties: [
      'Code',
      'Environment',
      'FunctionName',
      'Handler',
      'LoggingConfig',
      'RecursiveLoop',
      'Role',
      'Timeout',
      ...withoutEffect,
    ],
  },
  'AWS::Lambda::Permission': { properties: ['Action', 'FunctionName', 'Principal', 'SourceArn'] },
  'AWS::Logs::LogGroup': {
    identify: (_, place, { LogGroupName }) => ({
      ref: LogGroupName as string,
      attributes: { Arn: arnOf(place, 'logs', `log-group:${LogGroupName}:*`) },
    }),
    properties: { none: 'function logs go to the terminal' },
  },
  'AWS::S3::Bucket': {
    identify: (name, { region }) => {
      const bucket = name.toLowerCase();
      const RegionalDomainName = `${bucket}.s3.${region}.amazonaws.com`;
      return { ref: bucket, attributes: { Arn: `arn:aws:s3:::${bucket}`, RegionalDomainName } };
    },
    properties: ['BucketEncryption', 'LifecycleConfiguration', 'PublicAccessBlockConfiguration'],
  },
  'AWS::S3::BucketPolicy': { properties: ['Bucket', 'PolicyDocument'] },
  'AWS::SQS::Queue': {
    identify: (name, place) => ({
      ref: `${place.endpoint}/sqs/${place.accountId}/${name}`,
      attributes: { Arn: arnOf(place, 'sqs', name), QueueName: name },
    }),
    properties: ['MessageRetentionPeriod', 'RedrivePolicy', 'VisibilityTimeout'],
  },
  'AWS::SecretsManager::Secret': {
    identify: (name, place) => ({ ref: arnOf(place, 'secretsmanager', `secret:${name}`), attributes: {} }),
    properties: ['Description', 'GenerateSecretString'],
  },
};

/** @throws for a resource type, or a property of one, that the embedded AWS does not know */
export function identify(logicalId: string, type: string, properties: Record<string, unknown>, place: Place): Identity {
  const name = `${place.stackName}-${logicalId}${place.suffix ?? ''}`;
  if (type.startsWith('Custom::')) return { ref: name, attributes: {} };
  const known = resourceTypes[type];
  if (!known) throw new Error(`The embedded AWS does not know resource type ${type} (${logicalId}).`);
  const understood = known.properties;
  const unknown = Array.isArray(understood) && Object.keys(properties).find((each) => !understood.includes(each));
  if (unknown) throw new Error(`The embedded AWS does not know the property ${unknown} of ${type} (${logicalId}).`);
  return known.identify?.(name, place, properties) ?? { ref: name, attributes: {} };
}
