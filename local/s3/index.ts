import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { AccountClock } from '../clock.js';
import type { Origin } from '../http.js';
import type { Permission } from '../iam.js';
import type { Meter } from '../meter.js';
import { AwsError, type AwsRequest, type AwsResponse, asAwsError, type Call, type Handler } from '../service.js';
import type { Deployed } from '../template/stack-resources.js';
import { element, escaped, xml } from '../xml.js';
import { type BucketPolicy, bucketPolicy, denied, noPolicy, type ServicePrincipal } from './bucket-policy.js';
import { followLifecycle } from './lifecycle.js';
import { listed } from './list.js';
import { type Objects, openObjects } from './objects.js';
import { operationOf, permissionOf } from './operations.js';

/** S3, by path: `…/<bucket>/<key>`. */
export interface S3 extends Handler {
  /** Makes a bucket of a template, unless it is there. @returns what deletes it again, which throws when something is in it */
  createBucket(bucket: Deployed): () => void;
  putBucketPolicy(policy: Deployed): void;
  /** A bucket as a service of AWS sees it, which may do what the bucket's policy allows it. */
  origin(bucket: string, principal: ServicePrincipal): Origin;
  close(): void;
}

export interface S3Options {
  clock: AccountClock;
  meter: Meter;
  /** Where objects are kept. */
  folder: string;
}

/** What an object keeps of the headers that it was put with. */
const keptHeaders = ['cache-control', 'content-disposition', 'content-encoding', 'content-language', 'content-type'];

export function startS3({ clock, meter, folder }: S3Options): S3 {
  const buckets = new Map<string, Objects>();
  const policies = new Map<string, BucketPolicy>();
  const ends: (() => void)[] = [];

  function objectsOf(bucket: string): Objects {
    const objects = buckets.get(bucket);
    if (!objects) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
    return objects;
  }

  function callOf(request: AwsRequest): Call {
    const operation = operationOf(request);
    const { name, bucket, key } = operation;
    return {
      needs: permissionOf(operation),
      answer() {
        const objects = objectsOf(bucket);
        if (name === 'PutObject') {
          checkBody(request);
          meter.count('S3 PUT requests');
          const headers = Object.fromEntries(keptHeaders.flatMap((each) => pairOf(each, request.headers[each])));
          return { status: 200, headers: { etag: objects.put(key, request.body, headers).etag } };
        }
        if (name === 'DeleteObject') {
          objects.delete(key);
          return { status: 204 };
        }
        if (name === 'ListObjectsV2') {
          // As much as putting.
          meter.count('S3 PUT requests');
          return listed(bucket, objects, request.query);
        }
        meter.count('S3 GET requests');
        const object = objects.find(key) ?? missing(bucket, request);
        const about = {
          'accept-ranges': 'bytes',
          'content-type': 'binary/octet-stream',
          ...object.headers,
          etag: object.etag,
          'last-modified': new Date(object.at).toUTCString(),
        };
        if (name === 'HeadObject') return { status: 200, headers: { ...about, 'content-length': String(object.size) } };
        return ranged(objects.read(key), about, request.headers.range);
      },
    };
  }

  async function answered(request: AwsRequest): Promise<AwsResponse> {
    const { needs, answer } = callOf(request);
    if (needs) request.authorize(needs);
    return answer();
  }

  return {
    told,
    read(request) {
      // As everywhere here, who signs a header is believed. Who signs nothing is nobody.
      if (!/Credential=[^,/]/.test(request.headers.authorization ?? '')) throw denied();
      return callOf(request);
    },
    createBucket({ ref: name, properties }) {
      const { Rules = [] } = (properties.LifecycleConfiguration ?? {}) as { Rules?: object[] };
      const objects = buckets.get(name) ?? openObjects(clock, join(folder, name));
      buckets.set(name, objects);
      const end = followLifecycle(Rules, objects, clock);
      ends.push(end);
      return () => {
        const [key] = objects.keys();
        if (key !== undefined) throw new Error(`The bucket ${name} can't be deleted: ${key} is in it.`);
        end();
        objects.remove();
        buckets.delete(name);
        policies.delete(name);
      };
    },
    putBucketPolicy(policy) {
      policies.set(policy.properties.Bucket as string, bucketPolicy(policy));
    },
    origin: (bucket, principal) => ({
      async handle(request) {
        const allow = policies.get(bucket) ?? noPolicy;
        const authorize = (permission: Permission) => allow(principal, permission);
        const path = `/${bucket}${request.path}`;
        const query = new URLSearchParams(request.query);
        const asked = { ...request, path, query, caller: principal.service, authorize };
        const { status, headers = {}, body = '' } = await answered(asked).catch((error) => told(asAwsError(error)));
        return { status, headers, body: body as string | Buffer };
      },
    }),
    close() {
      for (const end of ends) end();
      for (const objects of buckets.values()) objects.close();
    },
  };
}

/** Whoever may not list a bucket is not told what is not in it. */
function missing(bucket: string, { authorize }: AwsRequest): never {
  authorize({ action: 's3:ListBucket', resource: `arn:aws:s3:::${bucket}` });
  throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
}

/** @throws {AwsError} for a body that S3 can't take, or that isn't what was sent */
function checkBody({ headers, body }: AwsRequest): void {
  if (headers['transfer-encoding']) {
    const message = 'A header you provided implies functionality that is not implemented';
    throw new AwsError('NotImplemented', `${message}: Transfer-Encoding`, 501);
  }
  if (headers['content-length'] === undefined) {
    throw new AwsError('MissingContentLength', 'You must provide the Content-Length HTTP header.', 411);
  }
  const sum = headers['x-amz-checksum-crc32'];
  if (sum === undefined) return;
  const actual = Buffer.alloc(4);
  actual.writeUInt32BE(crc32(body));
  if (actual.toString('base64') !== sum) {
    throw new AwsError('BadDigest', 'The CRC32 you specified did not match the calculated checksum.');
  }
}

/** The whole, or the one range that is asked for: so that a download that broke off can go on. */
function ranged(body: Buffer, headers: Record<string, string>, range: string | undefined): AwsResponse {
  const [all, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? [];
  if (all === undefined || (from === '' && to === '')) return { status: 200, headers, body };
  const start = from === '' ? Math.max(0, body.length - Number(to)) : Number(from);
  const end = from === '' || to === '' ? body.length : Math.min(Number(to) + 1, body.length);
  if (start >= end) throw new AwsError('InvalidRange', 'The requested range is not satisfiable', 416);
  const part = `bytes ${start}-${end - 1}/${body.length}`;
  return { status: 206, headers: { ...headers, 'content-range': part }, body: body.subarray(start, end) };
}

function pairOf(name: string, value: string | undefined): [string, string][] {
  return value === undefined ? [] : [[name, value]];
}

/** What others say otherwise has another name here. */
const ownCodes: Record<string, string> = { AccessDeniedException: 'AccessDenied', InternalFailure: 'InternalError' };

/** As S3 says it, in XML. */
function told({ code, status, message }: AwsError): AwsResponse {
  const error = element('Error', [element('Code', ownCodes[code] ?? code), element('Message', escaped(message))]);
  return xml(error, status);
}
