import { PublishCommand } from '@aws-sdk/client-iot-data-plane';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { holds, refusal, same } from './expect.js';
import { mark } from './mark.js';
import type { Probe } from './probe.js';
import type { Stage } from './stage.js';

/** S3, without the edge. */
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
    id: 's3-list',
    says: 'A list has the first thousand objects whose keys begin with a prefix, in the order of their keys, to whoever may list the bucket.',
    restsOn: 'documented',
    source: 'Amazon S3 API reference: ListObjectsV2',
    imitatedIn: ['s3/list.ts', 's3/operations.ts'],
    ifWrong: 'Uploads are not found.',
    async check(stage) {
      const Bucket = stage.ref('Files');
      const folder = `uploads/${mark()}/`;
      const keys = ['B', 'a:b', 'b'].map((name) => `${folder}${name}`);
      expectList('before', await found(stage, folder), []);
      try {
        for (const Key of [...keys].reverse()) await stage.s3.send(new PutObjectCommand({ Bucket, Key, Body: 'text' }));
        expectList('as the system asks', await found(stage, folder), keys);
        const { Contents = [] } = await stage.s3.send(new ListObjectsV2Command({ Bucket, Prefix: folder }));
        same(
          'as the SDK asks',
          Contents.map(({ Key }) => Key),
          keys,
        );
      } finally {
        for (const Key of keys) await stage.s3.send(new DeleteObjectCommand({ Bucket, Key }));
      }
    },
  },
  {
    id: 's3-unsigned',
    says: 'Whoever signs nothing is refused.',
    restsOn: 'documented',
    source: 'Amazon S3: Blocking public access to your storage',
    imitatedIn: ['s3/index.ts'],
    ifWrong: '**Anybody may read files who knows where they are.**',
    async check({ s3, filesBucket }) {
      const {
        protocol = 'https:',
        hostname,
        port,
      } = (await s3.config.endpoint?.()) ?? {
        hostname: 's3.amazonaws.com',
        port: undefined,
      };
      const url = `${protocol}//${hostname}${port ? `:${port}` : ''}/${filesBucket}/uploads/CP1/log/1/file`;
      for (const method of ['GET', 'PUT']) {
        const response = await fetch(url, { method, redirect: 'manual' });
        await response.arrayBuffer();
        holds(`${method} is not served`, response.status >= 300, response.status);
      }
    },
  },
  {
    id: 's3-tls',
    says: 'A bucket whose policy denies `aws:SecureTransport` `false` refuses whoever comes without TLS, the edge too.',
    restsOn: 'documented',
    source: 'Amazon S3: Examples of bucket policies, requiring HTTPS',
    imitatedIn: [],
    ifWrong: 'Files can be seen on their way to and from the bucket.',
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

/** What the system's own request finds, in the role of a function. */
async function found(stage: Stage, prefix: string): Promise<unknown> {
  const probe = mark();
  const payload = Buffer.from(JSON.stringify({ probe, prefix }));
  await stage.iotData.send(new PublishCommand({ topic: stage.topic('find', probe), payload, qos: 1 }));
  const { event } = await stage.seen('a list', (seen) => seen.function === 'find' && seen.event.probe === probe);
  return event.found;
}

function expectList(what: string, list: unknown, keys: string[]): void {
  holds(`${what}, a list`, Array.isArray(list), list);
  const files = list as { key: string; size: number; at: string }[];
  same(
    `${what}, its keys`,
    files.map(({ key }) => key),
    keys,
  );
  same(
    `${what}, their sizes`,
    files.map(({ size }) => size),
    keys.map(() => 4),
  );
}
