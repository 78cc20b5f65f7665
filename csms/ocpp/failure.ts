import { callError, OcppError } from './errors.js';
import { parseFrame } from './frame.js';
import type { Protocol } from './protocol.js';

/** What a charge point repeats when it gets no answer, and may drop for good when it gets an error: money is in these. */
const repeated = new Set(['StartTransaction', 'StopTransaction', 'MeterValues', 'TransactionEvent']);

/**
 * What a charge point is to hear when its frame could not be taken in or handled, for no fault of its own.
 *
 * @returns InternalError, or undefined when nothing is better: the charge point, or AWS, will tell the frame again
 */
export function failureOf(text: string, protocol: Protocol): string | undefined {
  const frame = parseFrame(text, protocol);
  if (frame.type !== 'CALL' || repeated.has(frame.action)) return undefined;
  return callError(frame.id, new OcppError('InternalError', 'The message could not be handled.'), protocol);
}
