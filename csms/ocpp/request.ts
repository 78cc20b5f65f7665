import { frameId } from '../history/frame-id.js';
import { keepFrame } from '../history/keep-frame.js';
import { refusalFor } from './deviation.js';
import { OcppError } from './errors.js';
import { hasMoney } from './failure.js';
import type { Call, Send } from './frame.js';
import type { HandlerContext } from './handler.js';
import { understandPayload, validateRequest } from './validate.js';

/**
 * The request of a CALL or SEND: its payload, or what a payload that its schema forbids was understood as.
 *
 * @param text the frame
 * @throws {OcppError} when it is refused: it can't be understood, or the charge point is to be taken strictly
 */
export async function requestOf(call: Call | Send, text: string, context: HandlerContext): Promise<unknown> {
  try {
    return await validateRequest(context.protocol, call.action, call.payload);
  } catch (error) {
    if (!(error instanceof OcppError)) throw error;
    return tolerated(call, text, error, context);
  }
}

async function tolerated(
  { id: messageId, action, payload }: Call | Send,
  text: string,
  strictly: OcppError,
  context: HandlerContext,
): Promise<unknown> {
  const { chargePointId, connectionId, protocol, receivedAt } = context;
  const understood = await understandPayload({ protocol, action, kind: 'request', payload }, receivedAt);
  const eventId = `${receivedAt.toISOString()}-${frameId(text)}`;
  const refusal = await refusalFor({ action, messageId, eventId, at: receivedAt, understood, strictly }, context);
  if (refusal) throw refusal;

  if (hasMoney(action) && understood.leftOut.some(mayBeEnergy)) {
    const refused = { code: 'partly-understood', why: 'Some of it was left out.' } as const;
    await keepFrame({ chargePointId, connectionId, protocol, receivedAt, action, text, ...refused }, context);
  }
  return understood.payload;
}

/** Of a meter value or a sample that was left out: a charge point that always says something else must not fill the list. */
function mayBeEnergy(leftOut: unknown): boolean {
  const { sampledValue, measurand, unit } = Object(leftOut) as Record<string, unknown>;
  if (Array.isArray(sampledValue)) return sampledValue.some(mayBeEnergy);
  return typeof measurand !== 'string' || /energy/i.test(measurand) || /wh$/i.test(String(unit));
}
