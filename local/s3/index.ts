import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import type { AccountClock } from '../clock.js';
import { CutOff } from '../faulty-calls.js';
import type { Permission } from '../iam.js';
import type { Meter } from '../meter.js';
import { reachableAddress } from '../reachable.js';
import { AwsError, type AwsRequest, type AwsResponse, type Handler } from '../service.js';
import type { Deployed } from '../template/stack-resources.js';
import { type BucketPolicy, bucketPolicy, noPolicy, type ServicePrincipal } from './bucket-policy.js';
import { followLifecycle } from './lifecycle.js';
import { listed } from './list.js';
import { type Objects, openObjects } from './objects.js';
import { type ObjectOperation, operationOf, permissionOf } from './operations.js';

/** S3, by path: `http://…/<bucket>/<key>`, on a port of its own. */
export interface S3 {
  readonly url: string;
  /** Makes a bucket of a template, unless it is there. @returns what deletes it again, which throws when something is in it */
  createBucket(bucket: Deployed): () => void;
  putBucketPolicy(policy: Deployed): void;
  /** Answers a service of AWS, which may do what the bucket's policy allows it. */
  serve(principal: ServicePrincipal, request: Omit<AwsRequest, 'caller'>): Promise<AwsResponse>;
  close(): Promise<void>;
}

export interface S3Options {
  clock: AccountClock;
  meter: Meter;
  host: string;
  /** 0 takes a free one. */
  port: number;
  /** Where objects are kept; without it they are gone at close. */
  folder?: string;
  /** @throws {AwsError} when the caller has no such permission */
  authorize(caller: string, permission: Permission): void;
  /** What goes wrong on purpose with the requests of SDK clients. */
  faulty(service: Handler): Handler;
}

/** What everybody signs with. */
export const secretAccessKey = 'embedded';

/** What an object keeps of the headers that it was put with. */
const keptHeaders = ['cache-control', 'content-disposition', 'content-encoding', 'content-language', 'content-type'];

/** @throws when the port is taken */
export async function startS3(options: S3Options): Promise<S3> {
  const { clock, meter, host, port, folder, authorize } = options;
  const buckets = new Map<string, Objects>();
  const policies = new Map<string, BucketPolicy>();
  const ends: (() => void)[] = [];

  function objectsOf(bucket: string): Objects {
    const objects = buckets.get(bucket);
    if (!objects) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
    return objects;
  }

  /** @param authorize whether whoever asks may */
  const service = (authorize: (caller: string, permission: Permission) => void): Handler => ({
    async handle(request) {
      const operation = operationOf(request);
      const { caller } = request;
      authorize(caller, permissionOf(operation));
      const { name, bucket, key } = operation;
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
      const object = objects.find(key) ?? missing(operation, (permission) => authorize(caller, permission));
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
  });
  const ofClients = options.faulty(service(authorize));

  async function answer(message: IncomingMessage): Promise<AwsResponse> {
    const { method = 'GET', url = '/' } = message;
    const headers = message.headers as Record<string, string>;
    const caller = callerOf(headers);
    const [path = '/', search = ''] = url.split('?', 2);
    const query = new URLSearchParams(search);
    const request: AwsRequest = { method, path, query, headers, body: await buffer(message), caller };
    return clock.during(ofClients.handle(request));
  }

  const server = createServer((message, response) => {
    // SDK clients correct their clocks by it.
    response.setHeader('date', new Date(clock.now()).toUTCString());
    answer(message).then(
      (answered) => send(response, answered),
      (error) => (error instanceof CutOff ? response.destroy() : send(response, errorResponse(error))),
    );
  });
  server.keepAliveTimeout = 60_000;
  server.listen(port, host);
  await once(server, 'listening');

  return {
    url: `http://${reachableAddress(host)}:${(server.address() as AddressInfo).port}`,
    createBucket({ ref: name, properties }) {
      const { Rules = [] } = (properties.LifecycleConfiguration ?? {}) as { Rules?: object[] };
      const objects = buckets.get(name) ?? openObjects(clock, folder && join(folder, name));
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
    serve(principal, request) {
      const [, bucket = ''] = request.path.split('/');
      const allow = policies.get(bucket) ?? noPolicy;
      const { handle } = service((_, permission) => allow(principal, permission));
      return clock.during(handle({ ...request, caller: principal.service })).catch(errorResponse);
    },
    async close() {
      for (const end of ends) end();
      for (const objects of buckets.values()) objects.close();
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Whoever may not list a bucket is not told what is not in it. */
function missing({ bucket }: ObjectOperation, authorize: (permission: Permission) => void): never {
  authorize({ action: 's3:ListBucket', resource: `arn:aws:s3:::${bucket}` });
  throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
}

/** `Credential=<access key id>/…`: as everywhere here, who signs a header is believed. Who signs nothing is nobody. */
function callerOf({ authorization = '' }: Record<string, string>): string {
  const [, caller] = /Credential=([^,/]+)/.exec(authorization) ?? [];
  if (!caller) throw new AwsError('AccessDenied', 'Access Denied', 403);
  return caller;
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

/** As S3 says it, in XML. */
function errorResponse(error: unknown): AwsResponse {
  const { code, status, message } =
    error instanceof AwsError ? error : new AwsError('InternalError', String((error as Error)?.stack ?? error), 500);
  // What IAM refuses has another name here.
  const Code = code.replace('AccessDeniedException', 'AccessDenied');
  const text = message.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${Code}</Code><Message>${text}</Message></Error>`;
  return { status, headers: { 'content-type': 'application/xml' }, body };
}

function send(response: ServerResponse, { status, headers = {}, body = '' }: AwsResponse): void {
  const bytes = Buffer.from(body as string | Buffer);
  const hasBody = response.req.method !== 'HEAD' && status !== 204;
  response.writeHead(status, { ...(hasBody && { 'content-length': String(bytes.length) }), ...headers });
  response.end(hasBody ? bytes : undefined);
}
