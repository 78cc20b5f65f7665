import { createHash } from 'node:crypto';

/** Tells a frame from others that were received in the same millisecond; short, whatever a charge point takes for a message id. */
export function frameId(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
