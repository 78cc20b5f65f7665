import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { request as secureRequest } from 'node:https';
import { DeleteObjectCommand, GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { holds, same, within } from './expect.js';
import { mark } from './mark.js';
import type { Probe } from './probe.js';
import type { Stage } from './stage.js';

const access = 'Amazon CloudFront: Restrict access to an Amazon S3 origin';
const functions = 'Amazon CloudFront: JavaScript runtime 2.0 features for CloudFront Functions';
const imitatedIn = ['edge.ts', 'edge-behaviours.ts', 'edge-function.ts', 's3/bucket-policy.ts'];

/** Files behind CloudFront, by the distribution and the bucket of the system's stage. */
export const edgeFiles: Probe[] = [
  {
    id: 'edge-files-put',
    says: 'With an origin access control CloudFront signs a PUT to a bucket, too, whatever its body: the client needs no header for it.',
    restsOn: 'observed',
    source: `${access}; that a body needs no hash others wrote`,
    imitatedIn,
    ifWrong: '**No charge point can upload a file.**',
    check: (stage) =>
      withFolder(stage, async ({ put, get, inBucket }) => {
        const body = randomBytes(100_000);
        same('PUT', (await ask(`${put}log.bin`, 'PUT', body, { 'content-type': 'text/plain' })).status, 200);
        const { ContentLength, ContentType } = await stage.s3.send(new HeadObjectCommand(inBucket('log.bin')));
        same('its size and type', [ContentLength, ContentType], [body.length, 'text/plain']);
        holds('its bytes', (await ask(get('log.bin'), 'GET')).body.equals(body), 'others');
      }),
  },
  {
    id: 'edge-files-function',
    says: "A viewer-request function has `crypto` with HMAC-SHA256 and the time, and CloudFormation puts a secret's value into its code.",
    restsOn: 'observed',
    source: `${functions}; AWS CloudFormation: dynamic references; that they are resolved in a function's code others wrote`,
    imitatedIn,
    ifWrong: '**No URL of a file is let in, or every one is.**',
    check: (stage) =>
      withFolder(stage, async ({ put }) => {
        same('signed', (await ask(put, 'PUT', Buffer.from('text'))).status, 200);
        for (const url of [
          put.replace('-PUT-', '-GET-'),
          put.replace('/uploads/', '/uploads/X'),
          put.replace(/files\/\d/, 'files/9'),
        ]) {
          same(`status of ${url}`, (await ask(url, 'PUT', Buffer.from('text'))).status, 403);
        }
        same('another method', (await ask(put, 'GET')).status, 403);
      }),
  },
  {
    id: 'edge-files-expiry',
    says: "The time that a function sees is that of the request, in step with that of the URL's signer.",
    restsOn: 'documented',
    source: functions,
    imitatedIn,
    ifWrong: 'URLs are good for longer or shorter.',
    async check(stage) {
      await withFolder(
        stage,
        async ({ put }) => {
          await stage.elapse(5_000);
          same('status', (await ask(put, 'PUT', Buffer.from('text'))).status, 403);
        },
        3_000,
      );
    },
  },
  {
    id: 'edge-files-name',
    says: 'The function sees the path as it was sent, with what is appended, two slashes and percent-encoding; what it makes of it is the key.',
    restsOn: 'assumed',
    source: 'Amazon CloudFront: CloudFront Functions event structure',
    imitatedIn,
    ifWrong: 'Charge points that append a name to the URL can not upload.',
    check: (stage) =>
      withFolder(stage, async ({ put, inBucket }) => {
        for (const [appended, name] of [
          ['/a.log', 'a.log'],
          ['a%20b.log', 'a_b.log'],
          ['', 'file'],
        ] as const) {
          same(`PUT of ${appended}`, (await ask(`${put}${appended}`, 'PUT', Buffer.from('text'))).status, 200);
          await stage.s3.send(new HeadObjectCommand(inBucket(name)));
        }
      }),
  },
  {
    id: 'edge-files-headers',
    says: 'Without an origin request policy the bucket sees no `x-amz-` header and no `Authorization` of the client.',
    restsOn: 'documented',
    source: `${access}: signing behavior; Control origin requests with a policy`,
    imitatedIn,
    ifWrong:
      'The function drops what S3 would take for an order; a client with an `Authorization` of his own is refused.',
    check: (stage) =>
      withFolder(stage, async ({ put, inBucket }) => {
        const headers = { authorization: 'Basic abc', 'x-amz-meta-mine': 'yes', 'x-amz-storage-class': 'GLACIER' };
        same('PUT', (await ask(put, 'PUT', Buffer.from('text'), headers)).status, 200);
        const { Metadata = {}, StorageClass } = await stage.s3.send(new GetObjectCommand(inBucket('file')));
        same('what became of them', [Metadata, StorageClass], [{}, undefined]);
      }),
  },
  {
    id: 'edge-files-range',
    says: '`Range` reaches the bucket, and its answer the client.',
    restsOn: 'documented',
    source: 'Amazon CloudFront: How CloudFront processes partial requests for an object (range GETs)',
    imitatedIn: [...imitatedIn, 's3/index.ts'],
    ifWrong: 'A download of firmware that broke off begins anew.',
    check: (stage) =>
      withFolder(stage, async ({ put, get }) => {
        await ask(put, 'PUT', Buffer.from('abcdef'));
        const { status, body } = await ask(get('file'), 'GET', undefined, { range: 'bytes=2-3' });
        same('it', [status, body.toString()], [206, 'cd']);
      }),
  },
  {
    id: 'edge-files-missing',
    says: 'What is not in the bucket is a 403, since the edge may not list it; and that is not kept: what was uploaded is served.',
    restsOn: 'documented',
    source: `${access}; How CloudFront caches errors`,
    imitatedIn: [...imitatedIn, 's3/index.ts'],
    ifWrong: 'Charge points see another refusal, or see it for longer.',
    check: (stage) =>
      withFolder(stage, async ({ put, get }) => {
        same('before', (await ask(get('file'), 'GET')).status, 403);
        await ask(put, 'PUT', Buffer.from('text'));
        same('after', (await ask(get('file'), 'GET')).status, 200);
      }),
  },
  {
    id: 'edge-files-chunks',
    says: 'A body that comes in chunks (`Transfer-Encoding: chunked`), its length unknown, is refused.',
    restsOn: 'assumed',
    source: 'Amazon S3 API reference: PutObject needs Content-Length; what CloudFront makes of chunks is not said',
    imitatedIn: ['edge-behaviours.ts', 's3/index.ts'],
    ifWrong: 'Charge points that stream their log can upload it after all.',
    check: (stage) =>
      withFolder(stage, async ({ put }) => {
        const { status } = await ask(put, 'PUT', Buffer.from('text'), { 'transfer-encoding': 'chunked' });
        holds('an error', status >= 400, status);
      }),
  },
  {
    id: 'edge-files-size',
    says: 'CloudFront takes bodies of any size that S3 takes in one request, 5 GB.',
    restsOn: 'documented',
    source: 'Amazon CloudFront: Quotas, maximum length of a request; Amazon S3: PutObject',
    imitatedIn: [],
    ifWrong: 'Large logs are refused.',
    notProbed: 'would take gigabytes',
  },
  {
    id: 'edge-files-plain',
    says: 'With the viewer protocol policy `https-only` whoever comes without TLS is refused, 403.',
    restsOn: 'documented',
    source: 'Amazon CloudFront: Require HTTPS for communication between viewers and CloudFront',
    imitatedIn: [],
    ifWrong: 'Files and their URLs can be seen on their way by charge points that drop the s of https.',
    notProbed: 'the laptop has no TLS, and would refuse everybody',
  },
];

interface Folder {
  /** A URL to upload to. */
  put: string;
  /** A URL to download from. */
  get(name: string): string;
  inBucket(name: string): { Bucket: string; Key: string };
}

/** A folder of an upload, whose files are deleted in the end. */
async function withFolder(stage: Stage, check: (folder: Folder) => Promise<void>, goodFor = 300_000): Promise<void> {
  const { s3, filesBucket: Bucket, fileUrls } = stage;
  const expiresAt = new Date(stage.now().getTime() + goodFor);
  const key = `uploads/${mark()}/log/1/`;
  const inBucket = (name: string) => ({ Bucket, Key: `${key}${name}` });
  try {
    await check({
      put: fileUrls.uploadUrl({ key, expiresAt }),
      get: (name) => fileUrls.downloadUrl({ key: `${key}${name}`, expiresAt }),
      inBucket,
    });
  } finally {
    for (const name of ['file', 'log.bin', 'a.log', 'a_b.log']) await s3.send(new DeleteObjectCommand(inBucket(name)));
  }
}

/** Asks for a URL as it is, which `fetch` would tidy up. */
function ask(
  url: string,
  method: string,
  body?: Buffer,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Buffer }> {
  const { protocol, hostname, port, origin } = new URL(url);
  const send = protocol === 'https:' ? secureRequest : request;
  const length = body && !headers['transfer-encoding'] && { 'content-length': String(body.length) };
  const options = { hostname, port, path: url.slice(origin.length), method, headers: { ...length, ...headers } };
  const answer = new Promise<{ status: number; body: Buffer }>((resolve, reject) => {
    send(options, async (response) => {
      const parts: Buffer[] = [];
      for await (const part of response) parts.push(part);
      resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts) });
    })
      .on('error', reject)
      .end(body);
  });
  return within('an answer', answer);
}
