import type { AwsResponse } from '../service.js';
import { element, escaped, xml } from '../xml.js';
import type { Objects } from './objects.js';

/** More than these are told in pages. */
const most = 1_000;

/** The first objects whose key begins with `prefix`, in the order of their keys' bytes, in XML. */
export function listed(bucket: string, objects: Objects, query: URLSearchParams): AwsResponse {
  const prefix = query.get('prefix') ?? '';
  const isEncoded = query.get('encoding-type') === 'url';
  const text = (key: string) => (isEncoded ? encodeURIComponent(key).replaceAll('%2F', '/') : escaped(key));
  const keys = objects
    .keys()
    .filter((key) => key.startsWith(prefix))
    .sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  const contents = keys.slice(0, most).map((key) => {
    const { etag = '', size = 0, at = 0 } = objects.find(key) ?? {};
    const lastModified = `${new Date(at).toISOString().slice(0, 19)}.000Z`;
    return element('Contents', [
      element('Key', text(key)),
      element('LastModified', lastModified),
      element('ETag', escaped(etag)),
      element('Size', String(size)),
      element('StorageClass', 'STANDARD'),
    ]);
  });
  const list = [
    element('Name', bucket),
    element('Prefix', text(prefix)),
    element('KeyCount', String(contents.length)),
    element('MaxKeys', String(most)),
    ...(isEncoded ? [element('EncodingType', 'url')] : []),
    element('IsTruncated', String(keys.length > most)),
    ...contents,
  ];
  return xml(element('ListBucketResult', list));
}
