import { callError, OcppError } from './errors.js';
import { parseFrame } from './frame.js';
import type { Protocol } from './protocol.js';

/** What a charge point repeats when it gets no answer, and may drop for good when it gets an error: money is in these. */
export const repeated = ['StartTransaction', 'StopTransaction', 'MeterValues', 'TransactionEvent'];

/** As such a CALL begins, though it may be cut off further on, and its message id be no text. */
const beginning = new RegExp(
  String.raw`^\s*\[\s*"?2"?\s*,(?:\s*"(?:[^"\\]|\\.)*"\s*|[^",]*),\s*"?(${repeated.join('|')})\b`,
);

export function hasMoney(action: string): boolean {
  return repeated.includes(action);
}

/** @returns the action with money in it that a text which is no frame was to be, if it was */
export function moneyIn(text: string): string | undefined {
  return beginning.exec(text)?.[1];
}

/**
 * What a charge point is to hear when its frame could not be taken in or handled, for no fault of its own.
 *
 * @returns InternalError, or undefined when nothing is better: the charge point, or AWS, will tell the frame again
 */
export function failureOf(text: string, protocol: Protocol): string | undefined {
  const frame = parseFrame(text, protocol);
  if (frame.type !== 'CALL' || hasMoney(frame.action)) return undefined;
  return callError(frame.id, new OcppError('InternalError', 'The message could not be handled.'), protocol);
}
