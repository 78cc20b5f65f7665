import { createHash } from 'node:crypto';

/** A number in [0, 1) that looks random and is always the same for the same text: jitter that a repetition does not change. */
export function fraction(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE() / 2 ** 32;
}
