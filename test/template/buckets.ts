import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { ofType, type Template } from './template.js';

/** The framework's own, for the bundles. */
const notOurs = 'ServerlessDeploymentBucket';

/** Private, encrypted, and nothing in it stays that somebody has to delete, but firmware. */
const bucket = z.strictObject({
  BucketEncryption: z.strictObject({
    ServerSideEncryptionConfiguration: z.tuple([
      z.strictObject({ ServerSideEncryptionByDefault: z.strictObject({ SSEAlgorithm: z.literal('AES256') }) }),
    ]),
  }),
  PublicAccessBlockConfiguration: z.strictObject({
    BlockPublicAcls: z.literal(true),
    BlockPublicPolicy: z.literal(true),
    IgnorePublicAcls: z.literal(true),
    RestrictPublicBuckets: z.literal(true),
  }),
  LifecycleConfiguration: z.strictObject({
    Rules: z.tuple([
      z.strictObject({
        Status: z.literal('Enabled'),
        Prefix: z.literal('uploads/'),
        ExpirationInDays: z.literal(90),
      }),
      z.strictObject({
        Status: z.literal('Enabled'),
        AbortIncompleteMultipartUpload: z.strictObject({ DaysAfterInitiation: z.literal(1) }),
      }),
    ]),
  }),
});

/** The buckets of a template, without the framework's. */
export const bucketsOf = (template: Template) => ofType(template, 'AWS::S3::Bucket').filter(([id]) => id !== notOurs);

/** Holds the buckets of a resolved template against our decisions. Returns a sentence for each fault. */
export function bucketFaults(template: Template): string[] {
  return bucketsOf(template).flatMap(([id, properties]) => [
    ...(bucket.safeParse(properties).error?.issues ?? []).map(
      ({ path, message }) => `${[id, 'Properties', ...path].join('.')}: ${message}`,
    ),
    ...policyFaults(id, template),
  ]);
}

/** Nobody comes without TLS, and the edge comes for files: there is nothing else that a policy of a bucket has to say. */
function policyFaults(id: string, template: Template): string[] {
  const distributions = ofType(template, 'AWS::CloudFront::Distribution').map(
    ([distribution]) => `arn:\${AWS::Partition}:cloudfront::\${AWS::AccountId}:distribution/\${${distribution}}`,
  );
  const expected = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [`\${${id}.Arn}`, `\${${id}.Arn}/*`],
        Condition: { Bool: { 'aws:SecureTransport': false } },
      },
      {
        Effect: 'Allow',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Action: ['s3:GetObject', 's3:PutObject'],
        Resource: [`\${${id}.Arn}/uploads/*`, `\${${id}.Arn}/firmware/*`],
        Condition: { StringEquals: { 'aws:SourceArn': distributions[0] } },
      },
    ],
  };
  const policies = ofType(template, 'AWS::S3::BucketPolicy').filter(([, { Bucket }]) => Bucket === `\${${id}}`);
  if (policies.length !== 1) return [`${id} is to have one policy, not ${policies.length}`];
  return policies
    .filter(([, { PolicyDocument }]) => !isDeepStrictEqual(PolicyDocument, expected))
    .map(
      ([policy]) =>
        `${policy}.Properties.PolicyDocument is to refuse whoever comes to ${id} without TLS, and to let the edge in`,
    );
}
