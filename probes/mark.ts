import { randomBytes } from 'node:crypto';

/** Something that no other probe has: a topic's level, a thing's name. */
export function mark(): string {
  return `probe-${randomBytes(6).toString('hex')}`;
}
