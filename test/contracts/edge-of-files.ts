import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../csms/clock.js';
import { openEdge } from '../../local/edge.js';
import { behavioursOf } from '../../local/edge-behaviours.js';
import { openEndpoint } from '../../local/endpoint.js';
import { startMeter } from '../../local/meter.js';
import { startS3 } from '../../local/s3/index.js';
import { AwsError } from '../../local/service.js';
import { type StackResources, stackResources } from '../../local/template/stack-resources.js';
import type { Template } from '../../local/template/template.js';
import { ManualClock } from '../local/testing.js';

/** A stage's edge and its bucket, and nothing else: of the template there is the function that checks URLs. */
export interface EdgeOfFiles {
  /** `http://…`, without a slash at its end. */
  url: string;
  bucketUrl: string;
  bucket: string;
  /** What signs URLs. */
  secret: string;
  clock: Clock;
  elapse(ms: number): void;
  /** So many of the next requests to S3 fail. */
  failures: number;
  mayList: boolean;
  /** Puts a file there without the edge. */
  put(key: string, body: Buffer): Promise<void>;
  /** Asks for a URL as it is, which `fetch` would tidy up. @returns the status */
  raw(url: string, method: string, body: Buffer): Promise<number | undefined>;
  close(): Promise<void>;
}

export async function openEdgeOfFiles(): Promise<EdgeOfFiles> {
  const clock = new ManualClock();
  const edge = await openEdge({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${edge.port}`;
  const place = { accountId: '000000000000', region: 'us-east-1', edgeHost: '', endpoint: '' };
  const resources = stackResources(template(), { ...place, stackName: 's' });
  const meter = startMeter();
  const folder = mkdtempSync(join(tmpdir(), 'files-'));
  const s3 = startS3({ clock, meter, folder });
  const endpoint = await openEndpoint({
    ...{ port: 0, clock },
    authorize() {
      if (!it.mayList) throw new AwsError('AccessDeniedException', 'no', 403);
    },
    async call(_service, _request, { answer }) {
      if (it.failures-- > 0) throw new Error('on purpose');
      return answer();
    },
  });
  endpoint.add('s3', s3);
  const bucket = resources.only('AWS::S3::Bucket');
  s3.createBucket(bucket);
  s3.putBucketPolicy(resources.only('AWS::S3::BucketPolicy'));
  const distribution = resources.only('AWS::CloudFront::Distribution');
  edge.serve(behavioursOf(distribution, { ...place, clock, meter, resources, apis: new Map(), s3 }));

  const it: EdgeOfFiles = {
    ...{ url, bucketUrl: `${endpoint.url}/s3/${bucket.ref}`, bucket: bucket.ref, secret: secretIn(resources) },
    clock: { now: () => new Date(clock.now()) },
    elapse: (ms) => clock.skip(ms),
    failures: 0,
    mayList: true,
    async put(key, body) {
      const path = key.split('/').map(encodeURIComponent).join('/');
      const headers = { authorization: 'AWS4-HMAC-SHA256 Credential=operator/' };
      await fetch(`${it.bucketUrl}/${path}`, { method: 'PUT', headers, body: new Uint8Array(body) });
    },
    raw: (target, method, body) =>
      new Promise((resolve, reject) => {
        request({ port: edge.port, path: target.slice(url.length), method })
          .on('response', (response) => resolve(response.resume().statusCode))
          .on('error', reject)
          .end(body);
      }),
    async close() {
      await edge.close();
      await endpoint.close();
      s3.close();
      rmSync(folder, { recursive: true });
    },
  };
  return it;
}

const getAtt = (...path: string[]) => ({ 'Fn::GetAtt': path });

function template(): Template {
  const code = readFileSync(new URL('../../resources/edge-function-files.njs', import.meta.url), 'utf8');
  const behaviour = {
    TargetOriginId: 'files',
    AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
    FunctionAssociations: [{ EventType: 'viewer-request', FunctionARN: getAtt('Function', 'FunctionARN') }],
  };
  const origin = {
    Id: 'files',
    DomainName: getAtt('Bucket', 'RegionalDomainName'),
    OriginAccessControlId: getAtt('Access', 'Id'),
    S3OriginConfig: { OriginAccessIdentity: '' },
  };
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'cloudfront.amazonaws.com' },
    Action: ['s3:GetObject', 's3:PutObject'],
    Resource: { 'Fn::Sub': '${Bucket.Arn}/*' },
    Condition: {
      StringEquals: { 'aws:SourceArn': { 'Fn::Sub': 'arn:aws:cloudfront::${AWS::AccountId}:distribution/${Edge}' } },
    },
  };
  const Resources = {
    FilesSecret: { Type: 'AWS::SecretsManager::Secret', Properties: {} },
    Function: {
      Type: 'AWS::CloudFront::Function',
      Properties: { FunctionCode: { 'Fn::Sub': code }, FunctionConfig: { Runtime: 'cloudfront-js-2.0' } },
    },
    Access: { Type: 'AWS::CloudFront::OriginAccessControl', Properties: {} },
    Edge: {
      Type: 'AWS::CloudFront::Distribution',
      Properties: { DistributionConfig: { Origins: [origin], DefaultCacheBehavior: behaviour } },
    },
    Bucket: { Type: 'AWS::S3::Bucket', Properties: {} },
    Policy: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: { Statement: [statement] } },
    },
  };
  return { folder: '', stackName: 's', Conditions: {}, Outputs: {}, Resources };
}

function secretIn(resources: StackResources): string {
  const codes = resources.ofType('AWS::CloudFront::Function').map(({ properties }) => String(properties.FunctionCode));
  return codes.flatMap((code) => /var secret = '(\w+)'/.exec(code)?.[1] ?? [])[0] ?? '';
}
