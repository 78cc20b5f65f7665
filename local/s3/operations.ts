import type { Permission } from '../iam.js';
import { decoded } from '../request.js';
import { AwsError, type AwsRequest, notImplemented } from '../service.js';

/** What a request asks of which object, or of a bucket. */
export interface ObjectOperation {
  name: 'PutObject' | 'GetObject' | 'HeadObject' | 'DeleteObject' | 'ListObjectsV2';
  bucket: string;
  /** None where a bucket is asked. */
  key: string;
}

const operations: Record<string, ObjectOperation['name']> = {
  PUT: 'PutObject',
  GET: 'GetObject',
  HEAD: 'HeadObject',
  DELETE: 'DeleteObject',
};
/** Whoever may read an object may ask for its head. */
const actions = {
  PutObject: 'PutObject',
  GetObject: 'GetObject',
  HeadObject: 'GetObject',
  DeleteObject: 'DeleteObject',
  ListObjectsV2: 'ListBucket',
};

/** In a query: the operation's name that SDK clients put there, and what a list is asked. */
const knownQuery = /^(x-id|list-type|encoding-type|prefix)$/;
const knownHeader =
  /^x-amz-(checksum-(crc32|mode)|content-sha256|date|sdk-checksum-algorithm|security-token|user-agent|te)$/;

/** @throws {AwsError} 501 for what is not known, also of an operation that is */
export function operationOf({ method, path, query, headers }: AwsRequest): ObjectOperation {
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
  const parameter = [...query.keys()].find((name) => !knownQuery.test(name));
  if (parameter) throw notImplemented(`s3:${method} ${path} with ${parameter}`);
  const header = Object.keys(headers).find((name) => /^(x-amz-|if-)/.test(name) && !knownHeader.test(name));
  if (header) throw notImplemented(`s3:${method} ${path} with ${header}`);
  if (/^STREAMING-/.test(headers['x-amz-content-sha256'] ?? '')) {
    throw notImplemented(`s3:${method} ${path} with ${headers['x-amz-content-sha256']}`);
  }
  if (!key && method === 'GET' && query.get('list-type') === '2') return { name: 'ListObjectsV2', bucket, key };
  if (!key && method !== 'POST') throw notImplemented(`s3:${method} of a bucket`);
  const name = operations[method];
  if (!name) {
    throw new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405);
  }
  return { name, bucket, key: decoded(key) };
}

export function permissionOf({ name, bucket, key }: ObjectOperation): Permission {
  return { action: `s3:${actions[name]}`, resource: `arn:aws:s3:::${bucket}${key && `/${key}`}` };
}
