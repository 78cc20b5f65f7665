import { createHash } from 'node:crypto';
import { Problem } from './problem.js';

/** An ETag begins with the revision of what it is of, and ends with a hash of how it was told. */
export function etagOf(revision: number, body: string): string {
  return `"${revision}.${createHash('sha256').update(body).digest('base64url').slice(0, 16)}"`;
}

/** Has whoever asks the answer already? */
export function isUnchanged(headers: Headers, etag: string): boolean {
  const tags =
    headers
      .get('if-none-match')
      ?.split(',')
      .map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  return tags.includes(etag) || tags.includes('*');
}

/**
 * The revision that whoever wants to change something has seen: that of `If-Match`, and 0 where `If-None-Match: *` says
 * that there is to be nothing yet. @throws {Problem} for a tag that is none of ours
 */
export function expectedRevision(headers: Headers): number | undefined {
  if (headers.get('if-none-match')?.trim() === '*') return 0;
  const tag = headers.get('if-match')?.trim();
  if (tag === undefined || tag === '*') return undefined;
  const [, revision] = /^"(\d{1,15})(?:\.[\w-]*)?"$/.exec(tag) ?? [];
  if (revision === undefined) throw new Problem('bad-parameter', 'Send in If-Match an ETag as you received it.');
  return Number(revision);
}
