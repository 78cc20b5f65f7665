import { createHash } from 'node:crypto';
import type { Identity } from './intrinsics.js';

/** Where a stack's resources are. */
export interface Place {
  stackName: string;
  accountId: string;
  region: string;
  /** `127.0.0.1:9000`, where charge points connect. */
  edgeHost: string;
  /** Where SDK clients connect. */
  endpoint: string;
}

type Identify = (name: string, place: Place, properties: Record<string, unknown>) => Identity;

const arn = (service: string, { region, accountId }: Place, resource: string) =>
  `arn:aws:${service}:${region}:${accountId}:${resource}`;
const globalArn = (service: string, { accountId }: Place, resource: string) =>
  `arn:aws:${service}::${accountId}:${resource}`;
const plain: Identify = (name) => ({ ref: name, attributes: {} });

/** What `Ref` and `Fn::GetAtt` give for a resource of each type. A type that isn't here is not known. */
const identities: Record<string, Identify> = {
  'AWS::ApiGatewayV2::Api': (name) => {
    const ref = createHash('sha256').update(name).digest('hex').slice(0, 10);
    return { ref, attributes: {} };
  },
  'AWS::ApiGatewayV2::Authorizer': plain,
  'AWS::ApiGatewayV2::Deployment': plain,
  'AWS::ApiGatewayV2::Integration': plain,
  'AWS::ApiGatewayV2::Route': plain,
  'AWS::ApiGatewayV2::Stage': plain,
  'AWS::CloudFront::Distribution': (name, { edgeHost }) => ({ ref: name, attributes: { DomainName: edgeHost } }),
  'AWS::CloudFront::Function': (name, place) => {
    const FunctionARN = globalArn('cloudfront', place, `function/${name}`);
    return { ref: FunctionARN, attributes: { FunctionARN } };
  },
  'AWS::DynamoDB::Table': (name, place, { TableName = name }) => ({
    ref: TableName as string,
    attributes: { Arn: arn('dynamodb', place, `table/${TableName}`) },
  }),
  'AWS::IAM::Role': (name, place) => ({ ref: name, attributes: { Arn: globalArn('iam', place, `role/${name}`) } }),
  'AWS::IoT::TopicRule': (name, place) => {
    const ref = name.replaceAll('-', '_');
    return { ref, attributes: { Arn: arn('iot', place, `rule/${ref}`) } };
  },
  'AWS::Lambda::EventInvokeConfig': plain,
  'AWS::Lambda::EventSourceMapping': plain,
  'AWS::Lambda::Function': (name, place, { FunctionName = name }) => ({
    ref: FunctionName as string,
    attributes: { Arn: arn('lambda', place, `function:${FunctionName}`) },
  }),
  'AWS::Lambda::Permission': plain,
  'AWS::Logs::LogGroup': (_, place, { LogGroupName }) => ({
    ref: LogGroupName as string,
    attributes: { Arn: arn('logs', place, `log-group:${LogGroupName}:*`) },
  }),
  'AWS::S3::Bucket': (name) => ({ ref: name.toLowerCase(), attributes: { Arn: `arn:aws:s3:::${name.toLowerCase()}` } }),
  'AWS::S3::BucketPolicy': plain,
  'AWS::SQS::Queue': (name, place) => ({
    ref: `${place.endpoint}/sqs/${place.accountId}/${name}`,
    attributes: { Arn: arn('sqs', place, name), QueueName: name },
  }),
  'AWS::SecretsManager::Secret': (name, place) => ({
    ref: arn('secretsmanager', place, `secret:${name}`),
    attributes: {},
  }),
};

/** @throws for a resource type that the embedded AWS does not know */
export function identify(logicalId: string, type: string, properties: Record<string, unknown>, place: Place): Identity {
  const identityOf = type.startsWith('Custom::') ? plain : identities[type];
  if (!identityOf) throw new Error(`The embedded AWS does not know resource type ${type} (${logicalId}).`);
  return identityOf(`${place.stackName}-${logicalId}`, place, properties);
}
