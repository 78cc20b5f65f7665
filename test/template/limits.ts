import * as z from 'zod';
import { ofType, type Template } from './template.js';

/** CloudFront refuses to add these to a request to the origin; names are compared in lower case. */
const refusedHeaders =
  /^(x-amz-.*|x-edge-.*|x-real-ip|cache-control|connection|content-length|cookie|host|if-(match|modified-since|none-match|range|unmodified-since)|max-forwards|pragma|proxy-(authenticate|authorization|connection)|range|request-range|te|trailer|transfer-encoding|upgrade|via)$/;

/** Answers that CloudFront caches unless told not to. */
const cachedErrors = [404, 500, 502, 503, 504];

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

const origin = z.object({
  OriginCustomHeaders: z
    .array(
      z.object({
        HeaderName: z
          .string()
          .refine((name) => !refusedHeaders.test(name.toLowerCase()), 'CloudFront refuses to add this header'),
      }),
    )
    .default([]),
});

const variables = z
  .record(z.string(), z.string())
  .refine((pairs) => Buffer.byteLength(Object.entries(pairs).flat().join('')) <= 4096, 'more than 4 KB of environment');

/** What AWS's schemas don't say, and what we decided for every resource of a type. */
const limits: Record<string, z.ZodType> = {
  'AWS::CloudFront::Distribution': z.object({
    DistributionConfig: z.object({ Origins: z.array(origin), CustomErrorResponses: errorResponses }),
  }),
  'AWS::DynamoDB::Table': z.object({ BillingMode: z.literal('PAY_PER_REQUEST') }),
  'AWS::IoT::TopicRule': z.object({
    TopicRulePayload: z.object({ AwsIotSqlVersion: z.literal('2016-03-23'), ErrorAction: z.object() }),
  }),
  'AWS::Lambda::Function': z.object({
    Runtime: z.literal('nodejs22.x'),
    Architectures: z.tuple([z.literal('arm64')]),
    FunctionName: z.string().max(64),
    Environment: z.object({ Variables: variables }).optional(),
  }),
};

/** Holds a resolved template against what no schema says. Returns a sentence for each fault. */
export function limitFaults(template: Template, stage: string): string[] {
  const count = Object.keys(template.Resources).length;
  return [
    ...(count > 500 ? [`${count} resources, CloudFormation takes 500`] : []),
    ...Object.entries(limits).flatMap(([type, schema]) =>
      ofType(template, type).flatMap(([id, properties]) =>
        (schema.safeParse(properties).error?.issues ?? []).map(
          ({ path, message }) => `${[id, 'Properties', ...path].join('.')}: ${message}`,
        ),
      ),
    ),
    ...tableFaults(template, stage),
  ];
}

/** A developer's tables go with the stack, everybody else's stay. */
function tableFaults(template: Template, stage: string): string[] {
  const expected = stage === 'dev' ? 'Delete' : 'Retain';
  return ofType(template, 'AWS::DynamoDB::Table').flatMap(([id]) =>
    (['DeletionPolicy', 'UpdateReplacePolicy'] as const)
      .filter((policy) => template.Resources[id]?.[policy] !== expected)
      .map((policy) => `${id}.${policy} is to be ${expected} on ${stage}`),
  );
}
