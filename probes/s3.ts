import { PublishCommand } from '@aws-sdk/client-iot-data-plane';
import { DeleteObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { holds, refusal, same } from './expect.js';
import { mark } from './mark.js';
import type { Probe } from './probe.js';
import type { Stage } from './stage.js';

const signing = 'Amazon S3 API reference: Authenticating Requests: Using Query Parameters';
const presigned = 'Amazon S3: Download and upload objects with presigned URLs';
const imitatedIn = ['s3/index.ts', 's3/signed-query.ts'];

/** S3, and URLs that are signed in a function's role. */
export const s3: Probe[] = [
  {
    id: 's3-objects',
    says: 'An object is got as it was put, with its type, size, digest and time, until it is deleted.',
    restsOn: 'documented',
    source: 'Amazon S3 API reference: PutObject, GetObject, HeadObject, DeleteObject',
    imitatedIn: ['s3/index.ts', 's3/objects.ts', 's3/operations.ts'],
    ifWrong: 'Files are other than they were.',
    async check({ s3, ref }) {
      const object = { Bucket: ref('Files'), Key: `uploads/${mark()} a:b` };
      await s3.send(new PutObjectCommand({ ...object, Body: 'text', ContentType: 'text/plain' }));
      const { Body, ContentType, ContentLength, ETag } = await s3.send(new GetObjectCommand(object));
      same('the text', await Body?.transformToString(), 'text');
      same('what is said of it', [ContentType, ContentLength], ['text/plain', 4]);
      same('the digest', ETag, '"1cb251ec0d568de6a929b520c4aed8d1"');
      const { LastModified, ContentLength: size } = await s3.send(new HeadObjectCommand(object));
      holds('it has a time', LastModified instanceof Date, LastModified);
      same('its size', size, 4);
      for (const _ of ['once', 'again']) await s3.send(new DeleteObjectCommand(object));
      same('a GET', (await refusal('it', s3.send(new GetObjectCommand(object)))).name, 'NoSuchKey');
      same('a HEAD', (await refusal('it', s3.send(new HeadObjectCommand(object)))).status, 404);
    },
  },
  {
    id: 's3-upload',
    says: 'A signed URL lets whoever has it PUT one object, or GET it, again and again; the second one put replaces the first.',
    restsOn: 'documented',
    source: presigned,
    imitatedIn,
    ifWrong: 'Charge points can neither upload logs nor download firmware.',
    check: (stage) =>
      withFile(stage, async ({ put, get, found, key }) => {
        same('before', found, undefined);
        for (const text of ['first', 'second']) same('PUT', (await use(put, 'PUT', text)).status, 200);
        same('GET', await use(get, 'GET'), { status: 200, body: 'second' });
        const after = await sign(stage, key);
        same('its size', (after.found as { size: number }).size, 6);
      }),
  },
  {
    id: 's3-signature',
    says: 'A URL is `SignatureDoesNotMatch` when anything in it was changed, also when a name was appended to it; without a signature it is `AccessDenied`.',
    restsOn: 'documented',
    source: `${signing}; Error responses`,
    imitatedIn,
    ifWrong: 'The docs say something else than AWS about charge points that append a name to the URL.',
    check: (stage) =>
      withFile(stage, async ({ put }) => {
        const changed = [
          `${put}/diagnostics.log`,
          put.replace('/uploads/', '/uploads/X'),
          `${put.slice(0, -1)}g`,
          `${put}&a=b`,
        ];
        for (const url of changed) {
          const { status, body } = await use(url, 'PUT', 'text');
          same(`status of ${url}`, status, 403);
          same('code', codeOf(body), 'SignatureDoesNotMatch');
        }
        const unsigned = await use(put.replace(/\?.*/, ''), 'PUT', 'text');
        same('unsigned', [unsigned.status, codeOf(unsigned.body)], [403, 'AccessDenied']);
      }),
  },
  {
    id: 's3-method',
    says: 'A URL is signed for one method.',
    restsOn: 'documented',
    source: signing,
    imitatedIn,
    ifWrong: 'Whoever may upload a log may read it as well.',
    check: (stage) =>
      withFile(stage, async ({ put, get }) => {
        for (const [url, method] of [
          [put, 'GET'],
          [put, 'DELETE'],
          [get, 'PUT'],
        ] as const) {
          const { status, body } = await use(url, method, method === 'PUT' ? 'text' : undefined);
          same(`${method}`, [status, codeOf(body)], [403, 'SignatureDoesNotMatch']);
        }
        const posted = await use(put, 'POST', 'text');
        holds('POST is refused', posted.status >= 400 && posted.status < 500, posted);
      }),
  },
  {
    id: 's3-expiry',
    says: 'A URL is `AccessDenied`, "Request has expired", when its time is over.',
    restsOn: 'documented',
    source: `${presigned}; the words are observed`,
    imitatedIn,
    ifWrong: 'URLs are good for longer or shorter.',
    async check(stage) {
      const { put } = await sign(stage, `uploads/${mark()}`, 2);
      await stage.elapse(4_000);
      const { status, body } = await use(put, 'PUT', 'text');
      same('it', [status, codeOf(body)], [403, 'AccessDenied']);
      holds('says so', body.includes('Request has expired'), body);
    },
  },
  {
    id: 's3-week',
    says: 'A URL is good for seven days at most.',
    restsOn: 'documented',
    source: signing,
    imitatedIn,
    ifWrong: 'Firmware can be offered for longer.',
    check: (stage) =>
      withFile(stage, async ({ put }) => {
        const { status, body } = await use(put.replace(/X-Amz-Expires=\d+/, 'X-Amz-Expires=604801'), 'PUT', 'text');
        same('it', [status, codeOf(body)], [400, 'AuthorizationQueryParametersError']);
      }),
  },
  {
    id: 's3-signer',
    says: "A URL may do what its signer's role may when it is used; signing needs no permission.",
    restsOn: 'documented',
    source: presigned,
    imitatedIn,
    ifWrong: 'A function that signs needs other permissions.',
    async check(stage) {
      const { put } = await sign(stage, `elsewhere/${mark()}`);
      const { status, body } = await use(put, 'PUT', 'text');
      same('it', [status, codeOf(body)], [403, 'AccessDenied']);
    },
  },
  {
    id: 's3-not-found',
    says: 'Whoever may list a bucket is told 404 of what is not in it, whoever may not 403.',
    restsOn: 'documented',
    source: 'Amazon S3 API reference: HeadObject, permissions',
    imitatedIn: ['s3/index.ts'],
    ifWrong: 'A file that is not uploaded yet is an error.',
    async check(stage) {
      const { get, unlisted, found } = await sign(stage, `uploads/${mark()}`);
      same('found', found, undefined);
      same('who may list', codeOf((await use(get, 'GET')).body), 'NoSuchKey');
      const refused = await use(unlisted, 'GET');
      same('who may not', [refused.status, codeOf(refused.body)], [403, 'AccessDenied']);
    },
  },
  {
    id: 's3-range',
    says: 'A part of an object is got by `Range`, also with a signed URL.',
    restsOn: 'documented',
    source: 'Amazon S3 API reference: GetObject',
    imitatedIn: ['s3/index.ts'],
    ifWrong: 'A download of firmware that broke off begins anew.',
    check: (stage) =>
      withFile(stage, async ({ put, get }) => {
        await use(put, 'PUT', 'abcdef');
        const response = await fetch(get, { headers: { range: 'bytes=2-3' } });
        same('it', [response.status, await response.text()], [206, 'cd']);
        same('Content-Range', response.headers.get('content-range'), 'bytes 2-3/6');
        same('behind its end', (await fetch(get, { headers: { range: 'bytes=6-' } })).status, 416);
      }),
  },
  {
    id: 's3-chunks',
    says: 'What comes in chunks (`Transfer-Encoding: chunked`), its length unknown, is refused.',
    restsOn: 'observed',
    source: 'Amazon S3 API reference: PutObject needs Content-Length; that it is 501 others wrote',
    imitatedIn: ['s3/index.ts'],
    ifWrong: 'Charge points that stream their log can upload it after all.',
    check: (stage) =>
      withFile(stage, async ({ put }) => {
        const body = new Blob(['text']).stream();
        const { status } = await fetch(put, { method: 'PUT', body, duplex: 'half' } as RequestInit);
        holds('an error', status === 411 || status === 501, status);
      }),
  },
  {
    id: 's3-url-length',
    says: "A URL that is signed with a role's credentials holds their session token, and is longer than the 512 characters that OCPP 2.0.1 has for it.",
    restsOn: 'observed',
    source: 'AWS STS: the size of a session token is not fixed',
    imitatedIn: ['stack.ts'],
    ifWrong: 'The URLs are short enough for GetLog and UpdateFirmware of 2.0.1.',
    async check(stage) {
      const { put } = await sign(stage, 'uploads/CP1/log/1/log');
      holds('it is', put.length > 512 && /[?&]X-Amz-Security-Token=/.test(put), put.length);
    },
  },
  {
    id: 's3-session',
    says: 'A URL ends with the session of the role that signed it, however long it was signed for. That of a function is some hours long, and the function may have had it for a while.',
    restsOn: 'documented',
    source: `${presigned}; how long a function's is is not said`,
    imitatedIn: [],
    ifWrong: 'URLs are good for longer than the docs promise.',
    notProbed: 'nobody knows when a session ends',
  },
  {
    id: 's3-tls',
    says: 'A bucket whose policy denies `aws:SecureTransport` `false` refuses whoever comes without TLS, with a signature or not.',
    restsOn: 'documented',
    source: 'Amazon S3: Examples of bucket policies, requiring HTTPS',
    imitatedIn: [],
    ifWrong: 'Files and their URLs can be seen on their way by charge points that drop the s of https.',
    notProbed: 'the laptop has no TLS, and would refuse everybody',
  },
  {
    id: 's3-lifecycle',
    says: 'Objects expire so many days after they were put, within a day or so, by the prefix of their key.',
    restsOn: 'documented',
    source: 'Amazon S3: Expiring objects',
    imitatedIn: ['s3/lifecycle.ts'],
    ifWrong: 'Uploads stay for longer, and are paid for.',
    notProbed: 'takes days',
  },
  {
    id: 's3-not-empty',
    says: 'CloudFormation deletes no bucket that something is in: the stack stays, without what was deleted before.',
    restsOn: 'documented',
    source: 'AWS CloudFormation: DeletionPolicy attribute',
    imitatedIn: ['s3/index.ts', 'stack.ts'],
    ifWrong: "A developer's stage is removed with its files.",
    notProbed: 'would leave a stack behind',
  },
];

interface SignedUrls {
  key: string;
  put: string;
  get: string;
  /** Of another bucket, which the role may not list. */
  unlisted: string;
  /** Whether the object is there. */
  found: unknown;
}

/** What the function `sign` says of an object. */
async function sign(stage: Stage, key: string, goodFor = 300): Promise<SignedUrls> {
  const probe = mark();
  const payload = Buffer.from(JSON.stringify({ probe, key, goodFor }));
  await stage.iotData.send(new PublishCommand({ topic: stage.topic('sign', probe), payload, qos: 1 }));
  const { event } = await stage.seen('signed URLs', (seen) => seen.function === 'sign' && seen.event.probe === probe);
  return { key, ...event };
}

/** Deletes the object in the end. */
async function withFile(stage: Stage, check: (signed: SignedUrls) => Promise<void>): Promise<void> {
  const key = `uploads/${mark()}`;
  try {
    await check(await sign(stage, key));
  } finally {
    await stage.s3.send(new DeleteObjectCommand({ Bucket: stage.ref('Files'), Key: key }));
  }
}

async function use(url: string, method: string, body?: string): Promise<{ status: number; body: string }> {
  const response = await fetch(url, { method, ...(body !== undefined && { body }) });
  return { status: response.status, body: await response.text() };
}

/** Of an error in S3's XML. */
function codeOf(body: string): string | undefined {
  return /<Code>(\w+)<\/Code>/.exec(body)?.[1];
}
