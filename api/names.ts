import { Problem } from './problem.js';

/**
 * How a text of others is a segment of a path: as it is, or `~` and its base64url where it has other characters than
 * these. API Gateway decodes a path before anybody sees it, and an encoded `/`, `?` or `%` would be lost.
 */
const plain = /^[A-Za-z0-9][\w.:@=+*-]*$/;

export function segmentOf(text: string): string {
  return plain.test(text) ? text : `~${Buffer.from(text).toString('base64url')}`;
}

/** @throws {Problem} for what is no base64url */
export function textOf(segment: string): string {
  if (!segment.startsWith('~')) return segment;
  const text = Buffer.from(segment.slice(1), 'base64url').toString();
  if (text !== '' && segmentOf(text) === segment) return text;
  throw new Problem('bad-parameter', 'Write ~ and the base64url of a text that a path has no characters for.');
}
