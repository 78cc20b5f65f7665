import { callError, OcppError } from './ocpp/errors.js';
import { type Call, callResult, parseFrame } from './ocpp/frame.js';
import { type AnyHandler, type HandlerContext, notSupported } from './ocpp/handler.js';
import type { Protocol } from './ocpp/protocol.js';
import { routes } from './ocpp/routes.js';
import { knows, validateRequest, validateResponse } from './ocpp/validate.js';

/**
 * The operator's side of OCPP: what a charge point is to hear on a frame of its.
 *
 * @param text the frame as it was sent
 * @param context whose frame it is, and the ports
 * @returns the frame that answers it, compact; undefined when nothing does
 * @throws what a port throws: the frame is to be told again, or answered with InternalError
 */
export async function answer(text: string, context: HandlerContext): Promise<string | undefined> {
  const frame = parseFrame(text, context.protocol);
  switch (frame.type) {
    case 'malformed':
      return frame.answer;
    case 'CALL':
      return answerCall(frame, context);
    case 'CALLRESULT':
    case 'CALLERROR':
    case 'CALLRESULTERROR':
    case 'SEND':
      return undefined;
  }
}

/** What a charge point repeats when it gets no answer, and may drop for good when it gets an error: money is in these. */
const repeated = new Set(['StartTransaction', 'StopTransaction', 'MeterValues', 'TransactionEvent']);

/**
 * What a charge point is to hear when `answer` threw.
 *
 * @returns InternalError, or undefined when nothing is better: the charge point, or AWS, will tell the frame again
 */
export function answerFailure(text: string, protocol: Protocol): string | undefined {
  const frame = parseFrame(text, protocol);
  if (frame.type !== 'CALL' || repeated.has(frame.action)) return undefined;
  return callError(frame.id, new OcppError('InternalError', 'The message could not be handled.'), protocol);
}

async function answerCall(call: Call, context: HandlerContext): Promise<string> {
  const { protocol } = context;
  try {
    const handler = handlerOf(call.action, context);
    const request = validateRequest(protocol, call.action, call.payload);
    const response = await handler(request as never, context);
    return callResult(call.id, validateResponse(protocol, call.action, response));
  } catch (error) {
    if (!(error instanceof OcppError)) throw error;
    return callError(call.id, error, protocol);
  }
}

function handlerOf(action: string, { protocol }: HandlerContext): AnyHandler {
  const table = routes[protocol];
  const route = Object.hasOwn(table, action) ? table[action] : undefined;
  if (route && route !== notSupported) return route;
  if (route || knows(protocol, action)) throw new OcppError('NotSupported', `${action} is not supported.`);
  throw new OcppError('NotImplemented', `${protocol} has no action ${action}.`);
}
