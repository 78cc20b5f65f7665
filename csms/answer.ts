import { isHeard } from './charge-points/registration.js';
import type { CommandPorts } from './commands/ports.js';
import { settle } from './commands/settle.js';
import { keepFrame } from './history/keep-frame.js';
import { callError, callResultError, OcppError } from './ocpp/errors.js';
import { hasMoney, moneyIn } from './ocpp/failure.js';
import { type Call, callResult, parseFrame } from './ocpp/frame.js';
import { type AnyHandler, type HandlerContext, notSupported } from './ocpp/handler.js';
import { requestOf } from './ocpp/request.js';
import { routes, unheard } from './ocpp/routes.js';
import { knows, validateResponse } from './ocpp/validate.js';

/** Whose frame it is, from which connection, and the ports. */
export type AnswerContext = Omit<HandlerContext, 'payload' | 'stage'> &
  CommandPorts & { stage: HandlerContext['stage'] & CommandPorts['stage'] };

type CallContext = HandlerContext & Pick<CommandPorts, 'commands'>;

/**
 * The operator's side of OCPP: what a charge point is to hear on a frame of its. What answers a CALL of ours settles its command.
 *
 * @param text the frame as it was sent
 * @returns the frame that answers it, compact; undefined when nothing does
 * @throws what a port throws: the frame is to be told again, or answered with InternalError
 */
export async function answer(text: string, context: AnswerContext): Promise<string | undefined> {
  const frame = parseFrame(text, context.protocol);
  switch (frame.type) {
    case 'malformed': {
      const action = moneyIn(text);
      if (action) await keepFrame({ ...context, action, text, why: `The message ${frame.why}.` }, context);
      return frame.answer;
    }
    case 'CALL':
      return answerCall(frame, text, { ...context, payload: frame.payload });
    case 'CALLRESULT':
    case 'CALLERROR': {
      const { id: messageId, ...outcome } = frame;
      const fault = await settle({ ...context, messageId, outcome }, context);
      // 2.1 alone has a word for an answer that is wrong.
      return fault && context.protocol === 'ocpp2.1' ? callResultError(messageId, fault) : undefined;
    }
    case 'CALLRESULTERROR':
    case 'SEND':
      return undefined;
  }
}

async function answerCall(call: Call, text: string, context: CallContext): Promise<string> {
  const { protocol } = context;
  try {
    const { handler, request } = await understood(call, text, context);
    const response = await handler(request as never, context);
    return callResult(call.id, await validateResponse(protocol, call.action, response));
  } catch (error) {
    if (!(error instanceof OcppError)) throw error;
    return callError(call.id, error, protocol);
  }
}

/** @throws {OcppError} what is wrong with the CALL. One with money in it is kept then: the charge point may drop it. */
async function understood(call: Call, text: string, context: CallContext) {
  const { action } = call;
  try {
    const handler = (await isHeard(action, context)) ? handlerOf(action, context) : unheardOf(action, context);
    return { handler, request: await requestOf(call, text, context) };
  } catch (error) {
    if (error instanceof OcppError && hasMoney(action)) {
      await keepFrame({ ...context, action, text, why: error.message }, context);
    }
    throw error;
  }
}

function handlerOf(action: string, { protocol }: HandlerContext): AnyHandler {
  const table = routes[protocol];
  const route = Object.hasOwn(table, action) ? table[action] : undefined;
  if (route && route !== notSupported) return route;
  if (route || knows(protocol, action)) throw new OcppError('NotSupported', `${action} is not supported.`);
  throw new OcppError('NotImplemented', `${protocol} has no action ${action}.`);
}

/** B02.FR.09, B03.FR.07: a charge point that is not Accepted hears SecurityError. 1.6 has no such rule. */
function unheardOf(action: string, context: HandlerContext): AnyHandler {
  const table = unheard[context.protocol];
  if (!table) throw new OcppError('SecurityError', `${action} is not for a charge point that is not accepted.`);
  return (Object.hasOwn(table, action) && table[action]) || handlerOf(action, context);
}
