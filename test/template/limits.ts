import * as z from 'zod';
import { shapes } from './shapes.js';
import { sizeFaults } from './sizes.js';
import { ofType, type Template } from './template.js';

/** CloudFront refuses to add these to a request to the origin; names are compared in lower case. */
const refusedHeaders =
  /^(x-amz-.*|x-edge-.*|x-real-ip|cache-control|connection|content-length|cookie|host|if-(match|modified-since|none-match|range|unmodified-since)|max-forwards|pragma|proxy-(authenticate|authorization|connection)|range|request-range|te|trailer|transfer-encoding|upgrade|via)$/;

const bytes = (text: string) => Buffer.byteLength(text);
const day = 24 * 60 * 60;

const bucketOrigin = z.object({
  S3OriginConfig: z.object({ OriginAccessIdentity: z.string() }),
  CustomOriginConfig: z.never().optional(),
  OriginAccessControlId: z.string(),
});

const customOrigin = z.object({
  CustomOriginConfig: z.object({
    OriginProtocolPolicy: z.enum(['http-only', 'match-viewer', 'https-only']),
    OriginSSLProtocols: z.array(z.enum(['SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2'])).min(1),
  }),
  OriginCustomHeaders: z
    .array(
      z.object({
        HeaderName: z
          .string()
          .refine((name) => !refusedHeaders.test(name.toLowerCase()), 'CloudFront refuses to add this header'),
        HeaderValue: z.string(),
      }),
    )
    .default([]),
});

const variables = z.record(z.string().regex(/^[a-zA-Z]\w+$/), z.string());

const keySchema = z
  .array(z.object({ AttributeName: z.string().max(255), KeyType: z.enum(['HASH', 'RANGE']) }))
  .refine((keys) => ['HASH', 'HASH RANGE'].includes(keys.map(({ KeyType }) => KeyType).join(' ')), {
    message: 'a key is a HASH, and a RANGE perhaps',
  });

const index = z.object({
  IndexName: z.string().regex(/^[\w.-]{3,255}$/),
  KeySchema: keySchema,
  Projection: z.object({ ProjectionType: z.enum(['ALL', 'INCLUDE', 'KEYS_ONLY']) }),
});

const table = z
  .object({
    BillingMode: z.enum(['PAY_PER_REQUEST', 'PROVISIONED']),
    AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
    KeySchema: keySchema,
    GlobalSecondaryIndexes: z.array(index).max(20).default([]),
    LocalSecondaryIndexes: z.array(index).max(5).default([]),
    TimeToLiveSpecification: z.object({ AttributeName: z.string().min(1), Enabled: z.boolean() }).optional(),
  })
  .refine(
    ({ AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, LocalSecondaryIndexes }) => {
      const indexes = [...GlobalSecondaryIndexes, ...LocalSecondaryIndexes];
      const keys = [KeySchema, ...indexes.map((each) => each.KeySchema)].flat();
      const names = (attributes: { AttributeName: string }[]) => new Set(attributes.map((each) => each.AttributeName));
      return [...names(keys)].sort().join() === [...names(AttributeDefinitions)].sort().join();
    },
    { message: 'defines other attributes than its keys have', path: ['AttributeDefinitions'] },
  );

/** Days that CloudWatch can keep logs for. */
const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const behaviour = z.object({
  ViewerProtocolPolicy: z.enum(['allow-all', 'https-only', 'redirect-to-https']),
  AllowedMethods: z.array(z.enum(['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'])).optional(),
  CachePolicyId: z.guid(),
  OriginRequestPolicyId: z.guid().optional(),
  FunctionAssociations: z
    .array(z.object({ EventType: z.enum(['viewer-request', 'viewer-response']), FunctionARN: z.string() }))
    .max(2),
});

/** What AWS takes, where its schemas don't say so. */
const shapeFaults = shapes({
  'AWS::ApiGatewayV2::Api': z.discriminatedUnion('ProtocolType', [
    z.object({ Name: z.string().max(128), ProtocolType: z.literal('HTTP') }),
    z.object({
      Name: z.string().max(128),
      ProtocolType: z.literal('WEBSOCKET'),
      // A WebSocket API can't do without.
      RouteSelectionExpression: z.string().regex(/^\$\{?request\.(body|header)\.\w+\}?$/),
    }),
  ]),
  'AWS::ApiGatewayV2::Authorizer': z.discriminatedUnion('AuthorizerType', [
    z.object({ AuthorizerType: z.literal('REQUEST'), AuthorizerUri: z.string() }),
    z.object({
      AuthorizerType: z.literal('JWT'),
      IdentitySource: z.tuple([z.string().regex(/^\$request\.(header|querystring)\.[\w-]+$/)]),
      JwtConfiguration: z.object({
        Issuer: z.url({ protocol: /^https$/ }),
        Audience: z.array(z.string().min(1)).min(1),
      }),
    }),
  ]),
  'AWS::ApiGatewayV2::Integration': z.object({
    IntegrationType: z.enum(['AWS', 'AWS_PROXY', 'HTTP', 'HTTP_PROXY', 'MOCK']),
    PayloadFormatVersion: z.enum(['1.0', '2.0']).optional(),
  }),
  'AWS::ApiGatewayV2::Route': z.object({
    RouteKey: z.string().max(128),
    AuthorizationType: z.enum(['NONE', 'AWS_IAM', 'CUSTOM', 'JWT']),
  }),
  'AWS::ApiGatewayV2::Stage': z.union([
    z.object({ StageName: z.string().regex(/^[\w-]{1,128}$/), DeploymentId: z.string() }),
    z.object({ StageName: z.literal('$default'), AutoDeploy: z.literal(true) }),
  ]),
  'AWS::CloudFront::Distribution': z.object({
    DistributionConfig: z.object({
      Enabled: z.boolean(),
      HttpVersion: z.enum(['http1.1', 'http2', 'http3', 'http2and3']),
      Origins: z.array(z.union([bucketOrigin, customOrigin])).min(1),
      DefaultCacheBehavior: behaviour,
      CacheBehaviors: z.array(behaviour.extend({ PathPattern: z.string().min(1).max(255) })).default([]),
      CustomErrorResponses: z
        .array(z.object({ ErrorCode: z.number(), ErrorCachingMinTTL: z.int().min(0).max(31_536_000) }))
        .default([]),
    }),
  }),
  'AWS::CloudFront::Function': z.object({
    Name: z.string().max(64),
    FunctionCode: z.string().refine((code) => bytes(code) <= 10 * 1024, 'more than 10 KB of code'),
    FunctionConfig: z.object({ Runtime: z.enum(['cloudfront-js-1.0', 'cloudfront-js-2.0']) }),
  }),
  'AWS::DynamoDB::Table': table,
  'AWS::Events::Rule': z.object({
    ScheduleExpression: z
      .string()
      .regex(/^(rate\((1 (minute|hour|day)|(1\d+|[2-9]\d*) (minute|hour|day)s)\)|cron\(.+\))$/),
    State: z.enum(['ENABLED', 'DISABLED']),
    Targets: z
      .array(z.object({ Arn: z.string(), Id: z.string().regex(/^[\w.-]{1,64}$/) }))
      .min(1)
      .max(5),
  }),
  'AWS::IAM::Role': z.object({
    Policies: z.array(z.object({ PolicyName: z.string().regex(/^[\w+=,.@-]{1,128}$/) })).default([]),
  }),
  'AWS::IoT::TopicRule': z.object({
    TopicRulePayload: z.object({
      AwsIotSqlVersion: z.enum(['2015-10-08', '2016-03-23', 'beta']),
      Actions: z.array(
        z.record(z.string(), z.unknown()).refine((action) => Object.keys(action).length === 1, 'one each'),
      ),
    }),
  }),
  'AWS::Lambda::EventInvokeConfig': z.object({
    Qualifier: z.literal('$LATEST'),
    MaximumEventAgeInSeconds: z.int().min(60).max(21_600).optional(),
    MaximumRetryAttempts: z.int().min(0).max(2).optional(),
  }),
  'AWS::Lambda::EventSourceMapping': z.object({
    EventSourceArn: z.string(),
    // More of a queue's messages need a batching window.
    BatchSize: z.int().min(1).max(10),
    FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).optional(),
  }),
  'AWS::Lambda::Function': z.object({
    Code: z.union([
      z.object({ S3Bucket: z.string(), S3Key: z.string().max(1024) }),
      z.object({ ZipFile: z.string().max(4 * 1024 * 1024) }),
    ]),
    FunctionName: z.string().max(64),
    Handler: z.string().max(128),
    Description: z.string().max(256).optional(),
    MemorySize: z.int().min(128).max(10_240),
    Timeout: z.int().min(1).max(900),
    ReservedConcurrentExecutions: z.int().min(0).optional(),
    Environment: z.object({ Variables: variables }).optional(),
    LoggingConfig: z.object({
      LogFormat: z.enum(['JSON', 'Text']),
      ApplicationLogLevel: z.enum(['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']),
      SystemLogLevel: z.enum(['DEBUG', 'INFO', 'WARN']),
    }),
  }),
  'AWS::Lambda::Permission': z.object({
    Action: z.literal('lambda:InvokeFunction'),
    Principal: z.enum(['apigateway.amazonaws.com', 'iot.amazonaws.com', 'events.amazonaws.com']),
  }),
  'AWS::Logs::LogGroup': z.object({
    LogGroupName: z.string().regex(/^[\w./#-]{1,512}$/),
    RetentionInDays: z.literal(retentions),
  }),
  'AWS::SecretsManager::Secret': z.object({
    GenerateSecretString: z.object({ PasswordLength: z.int().min(1).max(4096), ExcludePunctuation: z.boolean() }),
  }),
  'AWS::SQS::Queue': z.object({
    DelaySeconds: z.int().min(0).max(900).optional(),
    VisibilityTimeout: z.int().min(0).max(43_200).optional(),
    MessageRetentionPeriod: z
      .int()
      .min(60)
      .max(14 * day)
      .optional(),
    RedrivePolicy: z
      .strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: z.int().min(1).max(1000) })
      .optional(),
  }),
});

/** Holds a resolved template against what AWS takes and no schema says. Returns a sentence for each fault. */
export function limitFaults(template: Template): string[] {
  const count = Object.keys(template.Resources).length;
  const malformed = shapeFaults(template);
  return [
    ...(count > 500 ? [`${count} resources, CloudFormation takes 500`] : []),
    ...(malformed.length > 0 ? malformed : sizeFaults(template)),
    ...tableOrderFaults(template),
  ];
}

/** DynamoDB says in one place that it creates one table with indexes at a time, and in another that it is 250. */
function tableOrderFaults(template: Template): string[] {
  const indexed = ofType(template, 'AWS::DynamoDB::Table').filter(
    ([, { GlobalSecondaryIndexes, LocalSecondaryIndexes }]) => GlobalSecondaryIndexes ?? LocalSecondaryIndexes,
  );
  return indexed.slice(1).flatMap(([id], index) => {
    const before = indexed[index]?.[0] ?? '';
    return [template.Resources[id]?.DependsOn].flat().includes(before)
      ? []
      : [`${id}: DynamoDB may create one table with indexes at a time, and it doesn't wait for ${before}`];
  });
}
