import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deployed, ManualClock } from '../../test/local/testing.js';
import { type Endpoint, openEndpoint } from '../endpoint.js';
import type { Permission } from '../iam.js';
import { type Meter, startMeter } from '../meter.js';
import { AwsError } from '../service.js';
import { type S3, startS3 } from './index.js';

let clock: ManualClock;
let meter: Meter;
let endpoint: Endpoint;
let s3: S3;
let client: S3Client;
/** What nobody may do. */
let forbidden: string[];
let asked: (Permission & { caller: string })[];
let folder: string;
let url: string;
const authorization = 'AWS4-HMAC-SHA256 Credential=somebody/20260102/us-east-1/s3/aws4_request';

function start(): void {
  s3 = startS3({ clock, meter, folder });
  endpoint.add('s3', s3);
}
const list = (more = {}) => client.send(new ListObjectsV2Command({ Bucket: 'files', ...more }));
const create = (properties = {}) => s3.createBucket(deployed(properties, { ref: 'files' }));

beforeEach(async () => {
  clock = new ManualClock();
  meter = startMeter();
  [forbidden, asked] = [[], []];
  folder = mkdtempSync(join(tmpdir(), 's3-'));
  endpoint = await openEndpoint({
    ...{ port: 0, clock },
    authorize(caller, permission) {
      asked.push({ caller, ...permission });
      if (forbidden.includes(permission.action)) throw new AwsError('AccessDeniedException', 'You are <nobody>.', 403);
    },
  });
  start();
  create();
  client = new S3Client({
    ...{ region: 'us-east-1', endpoint: `${endpoint.url}/s3`, maxAttempts: 1 },
    credentials: { accessKeyId: 'somebody', secretAccessKey: 'embedded' },
  });
  url = `${endpoint.url}/s3/files/uploads/CP:1/a%20b`;
});
afterEach(async () => {
  client.destroy();
  s3.close();
  await endpoint.close();
  rmSync(folder, { recursive: true });
});

const object = { Bucket: 'files', Key: 'uploads/CP:1/a b' };
const put = (Body: string, more = {}) => client.send(new PutObjectCommand({ ...object, Body, ...more }));
const get = async (more = {}) => {
  const { Body, ...about } = await client.send(new GetObjectCommand({ ...object, ...more }));
  return { ...about, text: await Body?.transformToString() };
};

describe('an object', () => {
  it('is got as it was put, with what was said of it', async () => {
    const said = { ContentType: 'text/plain', ContentEncoding: 'gzip' };
    expect(await put('text', said)).toMatchObject({ ETag: '"1cb251ec0d568de6a929b520c4aed8d1"' });
    expect(await get()).toMatchObject({ ...said, text: 'text', ContentLength: 4, AcceptRanges: 'bytes' });
    expect(await client.send(new HeadObjectCommand(object))).toMatchObject({
      ...{ ...said, ContentLength: 4, ETag: '"1cb251ec0d568de6a929b520c4aed8d1"' },
      LastModified: new Date('2026-01-02T03:04:05Z'),
    });
  });

  it('is called as it was asked for, also where a URL would be shorter', async () => {
    const raw = (method: string, path: string, body = '') =>
      new Promise<string>((resolve, reject) => {
        const headers = { authorization, 'content-length': body.length };
        const request = httpRequest(endpoint.url, { method, path, headers }, async (response) =>
          resolve(`${response.statusCode} ${await text(response)}`),
        );
        request.on('error', reject).end(body);
      });
    expect(await raw('PUT', '/s3/files/a/../b', 'text')).toBe('200 ');
    expect((await list()).Contents?.map(({ Key }) => Key)).toEqual(['a/../b']);
    expect(await raw('GET', '/s3/files/a/../b')).toBe('200 text');
    expect(await raw('HEAD', '/s3/files/a/../b')).toBe('200 ');
  });

  it('of which nothing was said is bytes', async () => {
    await fetch(url, { method: 'PUT', headers: { authorization }, body: new Uint8Array([1]) });
    expect(await get()).toMatchObject({ ContentType: 'binary/octet-stream' });
  });

  it('is gone when it was deleted; what is not there can be deleted too', async () => {
    await put('text');
    for (const _ of [1, 2]) await client.send(new DeleteObjectCommand(object));
    await expect(get()).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(client.send(new HeadObjectCommand(object))).rejects.toMatchObject({ name: 'NotFound' });
  });

  it.each([
    ['bytes=2-', 'cdef', 'bytes 2-5/6'],
    ['bytes=1-2', 'bc', 'bytes 1-2/6'],
    ['bytes=-2', 'ef', 'bytes 4-5/6'],
    ['bytes=4-99', 'ef', 'bytes 4-5/6'],
    ['bytes=-99', 'abcdef', 'bytes 0-5/6'],
    ['lines=1', 'abcdef', undefined],
    ['bytes=0-1,3-4', 'abcdef', undefined],
  ])('is got in part: %s', async (Range, text, ContentRange) => {
    await put('abcdef');
    const { $metadata, ...got } = await get({ Range });
    expect([got.text, got.ContentRange, $metadata.httpStatusCode]).toEqual([
      text,
      ContentRange,
      ContentRange ? 206 : 200,
    ]);
  });

  it('has no part behind its end', async () => {
    await put('abcdef');
    await expect(get({ Range: 'bytes=6-' })).rejects.toMatchObject({ name: 'InvalidRange' });
  });

  it('is not put when its checksum is of something else', async () => {
    await expect(put('text', { ChecksumCRC32: 'AAAAAA==' })).rejects.toMatchObject({ name: 'BadDigest' });
  });

  it('costs a request each time that it is put or asked for', async () => {
    await put('text');
    await get();
    await client.send(new HeadObjectCommand(object));
    await client.send(new DeleteObjectCommand(object));
    expect(meter.totals()).toEqual({ 'S3 PUT requests': 1, 'S3 GET requests': 2 });
  });
});

describe('whoever', () => {
  it('signs in a header is believed, and needs a permission', async () => {
    await put('text');
    await get();
    const resource = 'arn:aws:s3:::files/uploads/CP:1/a b';
    expect(asked).toEqual([
      { caller: 'somebody', action: 's3:PutObject', resource },
      { caller: 'somebody', action: 's3:GetObject', resource },
    ]);
  });

  it('has no permission is refused, in XML', async () => {
    forbidden = ['s3:PutObject'];
    await expect(put('text')).rejects.toMatchObject({ name: 'AccessDenied', message: 'You are <nobody>.' });
    expect(meter.totals()).toEqual({});
  });

  it('may not list a bucket is not told what is not there', async () => {
    forbidden = ['s3:ListBucket'];
    await expect(get()).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('signs nothing is refused', async () => {
    const response = await fetch(`${endpoint.url}/s3/files/a`);
    expect([response.status, response.headers.get('content-type')]).toEqual([403, 'application/xml']);
    expect(await response.text()).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
    );
  });
});

it('what comes in chunks, without its length, can not be put', async () => {
  const options = { method: 'PUT', headers: { 'transfer-encoding': 'chunked', authorization } };
  const status = await new Promise((resolve) => {
    const request = httpRequest(new URL(url), options, (response) => resolve(response.resume().statusCode));
    request.end('text');
  });
  expect(status).toBe(501);
});

describe('a list', () => {
  const putAll = async (keys: string[]) => {
    await Promise.all(keys.map((Key) => client.send(new PutObjectCommand({ Bucket: 'files', Key, Body: 'text' }))));
  };

  it('has what begins with a prefix, in the order of bytes', async () => {
    await putAll(['a/b', 'a/B', 'a/é', 'a/&"<+ >', 'b']);
    const { Contents = [], ...about } = await list({ Prefix: 'a/' });
    expect(Contents.map(({ Key }) => Key)).toEqual(['a/&"<+ >', 'a/B', 'a/b', 'a/é']);
    const LastModified = new Date('2026-01-02T03:04:05Z');
    expect(Contents[1]).toMatchObject({ Size: 4, LastModified, ETag: '"1cb251ec0d568de6a929b520c4aed8d1"' });
    expect(about).toMatchObject({ Name: 'files', KeyCount: 4, MaxKeys: 1_000, IsTruncated: false });
    expect((await list({ Prefix: 'a/', EncodingType: 'url' })).Contents?.at(-1)?.Key).toBe('a/%C3%A9');
  });

  it('ends after a thousand, and says that there are more', async () => {
    await putAll(Array.from({ length: 1_001 }, (_, i) => `${i}`));
    expect(await list()).toMatchObject({ KeyCount: 1_000, IsTruncated: true });
  });

  it('needs the permission to list, and costs as much as putting', async () => {
    await list();
    expect(asked).toEqual([{ caller: 'somebody', action: 's3:ListBucket', resource: 'arn:aws:s3:::files' }]);
    expect(meter.totals()).toEqual({ 'S3 PUT requests': 1 });
  });
});

describe('a service of AWS', () => {
  const distribution = { service: 'cloudfront.amazonaws.com', sourceArn: 'arn:aws:cloudfront::0:distribution/A' };
  const grant = {
    Effect: 'Allow',
    Principal: { Service: distribution.service },
    Action: ['s3:GetObject', 's3:PutObject'],
    Resource: 'arn:aws:s3:::files/uploads/*',
    Condition: { StringEquals: { 'aws:SourceArn': distribution.sourceArn } },
  };
  const plainText = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Condition: { Bool: { 'aws:SecureTransport': false } },
  };
  const allow = (...Statement: object[]) =>
    s3.putBucketPolicy(deployed({ Bucket: 'files', PolicyDocument: { Statement } }));
  const serve = async (method: string, path = '/uploads/a', principal = distribution, bucket = 'files') => {
    const headers = { 'content-length': '4' };
    const request = { method, path, headers, query: '', body: Buffer.from('text'), sourceIp: '' };
    return (await s3.origin(bucket, principal).handle(request)).status;
  };

  it("may do what the bucket's policy allows it", async () => {
    expect(await serve('PUT')).toBe(403);
    allow(plainText, grant);
    expect([await serve('PUT'), await serve('GET'), await serve('HEAD')]).toEqual([200, 200, 200]);
    expect(asked).toEqual([]);
  });

  it('may do nothing else, and nothing for somebody else', async () => {
    allow(grant);
    expect(await serve('DELETE')).toBe(403);
    expect(await serve('PUT', '/firmware/a')).toBe(403);
    expect(await serve('PUT', '/uploads/a', distribution, 'others')).toBe(403);
    expect(await serve('PUT', '/uploads/a', { ...distribution, sourceArn: 'another' })).toBe(403);
    expect(await serve('PUT', '/uploads/a', { ...distribution, service: 'logging.s3.amazonaws.com' })).toBe(403);
  });

  it('that may not list is not told what is not there', async () => {
    allow(grant);
    expect(await serve('GET', '/uploads/none')).toBe(403);
  });

  it.each([
    ['a refusal', { ...grant, Effect: 'Deny' }],
    ['anybody', { ...grant, Principal: '*' }],
    ['any distribution', { ...grant, Condition: {} }],
  ])('has no policy with %s', (_what, statement) => {
    expect(() => allow(statement)).toThrow('It: the embedded AWS does not know {');
  });
});

describe('what is not known is named', () => {
  it.each<[string, () => Promise<unknown>, string]>([
    ['a list in pages', () => list({ MaxKeys: 1 }), 's3:GET /files/ with max-keys'],
    ['metadata', () => put('x', { Metadata: { a: 'b' } }), 'with x-amz-meta-a'],
    ['a condition', () => put('x', { IfNoneMatch: '*' }), 'with if-none-match'],
    ['another checksum', () => put('x', { ChecksumAlgorithm: 'SHA256' }), 'with x-amz-checksum-sha256'],
    ['a version', () => get({ VersionId: '1' }), 'with versionId'],
  ])('%s', async (_what, ask, name) => {
    await expect(ask()).rejects.toMatchObject({
      name: 'NotImplementedException',
      message: expect.stringContaining(name),
    });
  });

  it('uploads in parts', async () => {
    const response = await fetch(`${endpoint.url}/s3/files/a?uploads`, { method: 'POST', headers: { authorization } });
    expect(response.status).toBe(501);
    expect(await response.text()).toContain('The embedded AWS does not know s3:POST /files/a with uploads.');
    const posted = await fetch(`${endpoint.url}/s3/files/a`, { method: 'POST', headers: { authorization } });
    expect(posted.status).toBe(405);
  });
});

describe('a bucket', () => {
  it('that is not there is told', async () => {
    await expect(client.send(new PutObjectCommand({ ...object, Bucket: 'none', Body: 'x' }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
  });

  it('is deleted only when nothing is in it', async () => {
    const remove = create();
    await put('text');
    expect(remove).toThrow("The bucket files can't be deleted: uploads/CP:1/a b is in it.");
    await client.send(new DeleteObjectCommand(object));
    remove();
    await expect(put('text')).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  it('keeps its objects in a folder, and is deleted with it', async () => {
    await put('kept');
    s3.close();
    start();
    const remove = create();
    expect((await get()).text).toBe('kept');
    await client.send(new DeleteObjectCommand(object));
    expect(readdirSync(join(folder, 'files')).filter((file) => file !== 'objects.json')).toEqual([]);
    remove();
    expect(existsSync(join(folder, 'files'))).toBe(false);
  });

  it('lets expire what its lifecycle says, by its prefix', async () => {
    const day = 24 * 60 * 60_000;
    const AbortIncompleteMultipartUpload = { DaysAfterInitiation: 1 };
    create({
      LifecycleConfiguration: {
        Rules: [
          { Id: 'a', Status: 'Enabled', Prefix: 'uploads/', ExpirationInDays: 2 },
          { Id: 'b', Status: 'Disabled', Prefix: 'firmware/', ExpirationInDays: 1 },
          { Id: 'c', Status: 'Enabled', AbortIncompleteMultipartUpload },
        ],
      },
    });
    const firmware = { ...object, Key: 'firmware/1' };
    await put('text');
    await client.send(new PutObjectCommand({ ...firmware, Body: 'x' }));
    await clock.pass(day);
    expect((await get()).text).toBe('text');
    await clock.pass(day);
    await expect.poll(() => get().catch(({ name }) => name)).toBe('NoSuchKey');
    await client.send(new HeadObjectCommand(firmware));
  });

  it('has no rules of another kind', () => {
    expect(() => create({ LifecycleConfiguration: { Rules: [{ Transitions: [] }] } })).toThrow(
      "The embedded AWS does not know Transitions in a bucket's lifecycle.",
    );
  });
});
