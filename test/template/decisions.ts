import * as z from 'zod';
import { bucketFaults, bucketsOf } from './buckets.js';
import { shapes } from './shapes.js';
import { ofType, type Template } from './template.js';

/** Answers that CloudFront caches unless told not to. */
const cachedErrors = [404, 414, 500, 502, 503, 504];

const errorResponses = z
  .array(z.object({ ErrorCode: z.number(), ErrorCachingMinTTL: z.number() }))
  .default([])
  .superRefine((responses, { addIssue }) => {
    for (const code of cachedErrors) {
      if (!responses.some(({ ErrorCode, ErrorCachingMinTTL }) => ErrorCode === code && ErrorCachingMinTTL === 0)) {
        addIssue({ code: 'custom', message: `CloudFront would cache ${code}` });
      }
    }
  });

const behaviour = z.object({
  ViewerProtocolPolicy: z.literal('https-only'),
  CachePolicyId: z.literal('4135ea2d-6df8-44a3-9df3-4b5a84be39ad', 'is to be CachingDisabled'),
  OriginRequestPolicyId: z.literal('b689b0a8-53d0-40ab-baf2-68738e2966ac', 'is to be AllViewerExceptHostHeader'),
  FunctionAssociations: z.tuple([z.object({ EventType: z.literal('viewer-request') })]),
});

/** CloudFront refuses whatever is not among them. */
const AllowedMethods = z.array(z.string()).refine((methods) => methods.length === 7, 'is to have all methods');

const cacheBehaviour = z.discriminatedUnion('PathPattern', [
  behaviour.extend({ PathPattern: z.literal('/api/v1/*'), AllowedMethods }),
  behaviour.extend({
    PathPattern: z.literal('/files/*'),
    AllowedMethods,
    OriginRequestPolicyId: z.never('S3 would take headers for orders').optional(),
  }),
]);

/** What we decided for every resource of a type, where AWS would take other things too. */
const shapeFaults = shapes({
  'AWS::CloudFront::Distribution': z.object({
    DistributionConfig: z.object({
      Enabled: z.literal(true),
      // WebSockets know no other.
      HttpVersion: z.literal('http1.1'),
      Origins: z.array(
        z.union([
          z.object({
            CustomOriginConfig: z.object({
              OriginProtocolPolicy: z.literal('https-only'),
              OriginSSLProtocols: z.tuple([z.literal('TLSv1.2')]),
            }),
          }),
          z.object({ S3OriginConfig: z.object({ OriginAccessIdentity: z.literal('') }) }),
        ]),
      ),
      DefaultCacheBehavior: behaviour,
      CacheBehaviors: z.array(cacheBehaviour),
      CustomErrorResponses: errorResponses,
    }),
  }),
  'AWS::CloudFront::Function': z.object({
    // Otherwise the next deployment changes a draft that nobody runs.
    AutoPublish: z.literal(true),
    FunctionConfig: z.object({ Runtime: z.literal('cloudfront-js-2.0') }),
  }),
  'AWS::CloudFront::OriginAccessControl': z.object({
    OriginAccessControlConfig: z.object({
      OriginAccessControlOriginType: z.literal('s3'),
      // Whoever sends an Authorization of his own would be passed on with it.
      SigningBehavior: z.literal('always'),
      SigningProtocol: z.literal('sigv4'),
    }),
  }),
  'AWS::DynamoDB::Table': z.object({
    BillingMode: z.literal('PAY_PER_REQUEST'),
    PointInTimeRecoverySpecification: z.object({ PointInTimeRecoveryEnabled: z.literal(true) }),
  }),
  'AWS::Events::Rule': z.object({
    ScheduleExpression: z.literal('rate(1 minute)'),
    State: z.literal('ENABLED'),
  }),
  'AWS::IoT::TopicRule': z.object({
    TopicRulePayload: z.object({
      AwsIotSqlVersion: z.literal('2016-03-23'),
      Actions: z.array(z.unknown()).min(1),
      // A payload may be any bytes.
      ErrorAction: z.object({ Sqs: z.object({ UseBase64: z.literal(true) }) }),
    }),
  }),
  'AWS::Lambda::EventSourceMapping': z.object({ Enabled: z.literal(true).optional() }),
  'AWS::Lambda::Function': z.object({
    Runtime: z.literal('nodejs22.x'),
    Architectures: z.tuple([z.literal('arm64')]),
    // CPU comes with memory: a cold start on less takes seconds.
    MemorySize: z.literal(512),
    // The SDK's attempts take about 6 s.
    Timeout: z.int().min(10),
    LoggingConfig: z.object({ LogFormat: z.literal('JSON'), SystemLogLevel: z.literal('WARN') }),
    ReservedConcurrentExecutions: z.never('a new account has ten executions at once to share').optional(),
  }),
  'AWS::SecretsManager::Secret': z.object({
    // It travels in a header.
    GenerateSecretString: z.object({ PasswordLength: z.int().min(32), ExcludePunctuation: z.literal(true) }),
  }),
});

/** What expires, by the attribute that says when. */
const expiries: Record<string, string> = {
  ApiTokensTable: 'expires',
  AuditTable: 'expires',
  CommandsTable: 'expires',
  HistoryTable: 'expires',
  IdempotencyTable: 'expires',
  InventoryTable: 'expires',
  JobsTable: 'expires',
  KnocksTable: 'expires',
  MessagesTable: 'expires',
  ReservationsTable: 'expires',
  TasksTable: 'expires',
};

/** Holds a resolved template against our decisions. Returns a sentence for each fault. */
export function decisionFaults(template: Template, stage: string): string[] {
  return [
    ...shapeFaults(template),
    ...bucketFaults(template),
    ...removalFaults(template, stage),
    ...expiryFaults(template),
    ...keptMessageFaults(template),
  ];
}

/** A developer's stage leaves nothing behind; everybody else's tables and files stay, but for those of a deployment that failed. */
function removalFaults(template: Template, stage: string): string[] {
  const buckets = bucketsOf(template).map(([id]) => id);
  return Object.entries(template.Resources).flatMap(([id, resource]) => {
    const hasData = resource.Type === 'AWS::DynamoDB::Table' || buckets.includes(id);
    const isKept = hasData && stage !== 'dev';
    const policies = [
      ['DeletionPolicy', isKept ? 'RetainExceptOnCreate' : 'Delete'],
      ['UpdateReplacePolicy', isKept ? 'Retain' : 'Delete'],
    ] as const;
    return policies
      .filter(([policy, expected]) => (hasData ? resource[policy] : (resource[policy] ?? 'Delete')) !== expected)
      .map(([policy, expected]) => `${id}.${policy} is to be ${expected} on ${stage}`);
  });
}

function expiryFaults(template: Template): string[] {
  return ofType(template, 'AWS::DynamoDB::Table').flatMap(([id, { TimeToLiveSpecification }]) => {
    const { AttributeName, Enabled = false } = TimeToLiveSpecification ?? {};
    const isAsDecided = AttributeName === expiries[id] && Enabled === id in expiries;
    return isAsDecided ? [] : [`${id}.Properties.TimeToLiveSpecification is to be ${expiries[id] ?? 'missing'}`];
  });
}

/** What only a person may look at waits as long as a queue can keep it. */
function keptMessageFaults(template: Template): string[] {
  const read = ofType(template, 'AWS::Lambda::EventSourceMapping').map(([, { EventSourceArn }]) => EventSourceArn);
  return ofType(template, 'AWS::SQS::Queue')
    .filter(
      ([id, { MessageRetentionPeriod }]) => !read.includes(`\${${id}.Arn}`) && MessageRetentionPeriod !== 1_209_600,
    )
    .map(([id]) => `${id}.Properties.MessageRetentionPeriod is to be 14 days: no function reads what is in it`);
}
