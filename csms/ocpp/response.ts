import type { Clock } from '../clock.js';
import { type DeviationContext, refusalFor } from './deviation.js';
import { OcppError } from './errors.js';
import { understandPayload, validateOutcome } from './validate.js';

/** The CALLRESULT of a charge point to a CALL of ours. */
export interface CommandAnswer {
  commandId: string;
  messageId: string;
  /** When it was asked for. */
  at: Date;
  action: string;
  payload: unknown;
}

/**
 * The response to a CALL of ours: the payload of its CALLRESULT, or what a payload that its schema forbids was understood as.
 *
 * @throws {OcppError} when it is none: it can't be understood, or the charge point is to be taken strictly
 */
export async function responseOf(
  { commandId, messageId, at, action, payload }: CommandAnswer,
  context: DeviationContext & { clock: Clock },
): Promise<unknown> {
  const { protocol, clock } = context;
  try {
    return await validateOutcome(protocol, action, payload);
  } catch (strictly) {
    if (!(strictly instanceof OcppError)) throw strictly;
    const understood = await understandPayload({ protocol, action, kind: 'response', payload }, clock.now());
    const eventId = `${messageId}-answer`;
    const refusal = await refusalFor({ action, messageId, eventId, at, commandId, understood, strictly }, context);
    if (refusal) throw refusal;
    return understood.payload;
  }
}
