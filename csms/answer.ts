import { isHeard } from './charge-points/registration.js';
import type { CommandPorts } from './commands/ports.js';
import { settle } from './commands/settle.js';
import { keepFrame } from './history/keep-frame.js';
import { keepRefused } from './history/refused.js';
import { callError, callResultError, OcppError } from './ocpp/errors.js';
import { hasMoney, moneyIn } from './ocpp/failure.js';
import { type Call, callResult, parseFrame, type Send } from './ocpp/frame.js';
import type { AnyHandler, HandlerContext } from './ocpp/handler.js';
import type { Protocol } from './ocpp/protocol.js';
import { requestOf } from './ocpp/request.js';
import { routes, sends, unheard } from './ocpp/routes.js';
import { InvalidAnswer, knows, validateRequest, validateResponse } from './ocpp/validate.js';

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
      const refused = { code: 'not-a-frame', why: `The message ${frame.why}.` } as const;
      if (action) await keepFrame({ ...context, action, text, ...refused }, context);
      else
        await keepRefused({ ...refusalOf(text, context), code: refused.code, about: { reason: refused.why } }, context);
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
    case 'SEND':
      await take(frame, text, { ...context, payload: frame.payload });
      return undefined;
    case 'CALLRESULTERROR':
      return undefined;
  }
}

async function answerCall(call: Call, text: string, context: CallContext): Promise<string> {
  const { protocol } = context;
  try {
    const response = await handled(call, text, context);
    return callResult(call.id, await responseTo(call, response ?? {}, protocol));
  } catch (error) {
    if (!(error instanceof OcppError)) throw error;
    await noteRefused(call, text, error, context);
    return callError(call.id, error, protocol);
  }
}

/** An answer that repeats what is too long, where that is tolerated, can't leave: the CALL is refused for that after all. */
async function responseTo({ action, payload }: Call, response: object, protocol: Protocol): Promise<object> {
  try {
    return await validateResponse(protocol, action, response);
  } catch (error) {
    if (error instanceof InvalidAnswer) await validateRequest(protocol, action, payload);
    throw error;
  }
}

/** What a schema forbids is told as a deviation, and what has money in it is kept whole. */
async function noteRefused(
  { id: messageId, action }: Call | Send,
  text: string,
  { refusal: code, message: reason }: OcppError,
  context: CallContext,
): Promise<void> {
  if (code === 'payload-not-valid' || hasMoney(action)) return;
  await keepRefused({ ...refusalOf(text, context), code, about: { messageId, action, reason } }, context);
}

function refusalOf(text: string, { chargePointId, receivedAt: at }: Pick<CallContext, 'chargePointId' | 'receivedAt'>) {
  return { chargePointId, kind: 'frame-refused', at, text } as const;
}

/** 2.1: a SEND is never answered, not even with an error. What is wrong with its payload is told as a protocol-deviation. */
async function take(send: Send, text: string, context: CallContext): Promise<void> {
  try {
    await handled(send, text, context);
  } catch (error) {
    if (!(error instanceof OcppError)) throw error;
    await noteRefused(send, text, error, context);
  }
}

/** @throws {OcppError} what is wrong with it. One with money in it is kept then: the charge point may drop it. */
async function handled(message: Call | Send, text: string, context: CallContext): Promise<object | void> {
  const { action } = message;
  try {
    checkType(message, context.protocol);
    const isTaken = await isHeard(action, context);
    const handler = isTaken ? handlerOf(action, context) : unheardOf(action, context);
    const request = await requestOf(message, text, context);
    const response = await handler(request as never, context);
    // 4.6, G02: whoever says something else may leave heartbeats out.
    if (isTaken) await context.chargePoints.seen(context.chargePointId, context.receivedAt);
    return response;
  } catch (error) {
    if (error instanceof OcppError && hasMoney(action)) {
      await keepFrame({ ...context, action, text, code: error.refusal, why: error.message }, context);
    }
    throw error;
  }
}

/** What is a SEND has no answer, so it can't be a CALL; and nothing else may be a SEND. */
function checkType({ type, action }: Call | Send, protocol: Protocol): void {
  const isSend = sends[protocol]?.includes(action) ?? false;
  if (isSend === (type === 'SEND')) return;
  throw new OcppError('MessageTypeNotSupported', `${action} is ${isSend ? 'a' : 'no'} SEND.`);
}

function handlerOf(action: string, { protocol }: HandlerContext): AnyHandler {
  const table = routes[protocol];
  const handler = Object.hasOwn(table, action) ? table[action] : undefined;
  if (handler) return handler;
  if (knows(protocol, action)) throw new OcppError('NotSupported', `${action} is not for a CSMS.`);
  throw new OcppError('NotImplemented', `${protocol} has no action ${action}.`);
}

/** B02.FR.09, B03.FR.07: a charge point that is not Accepted hears SecurityError. 1.6 has no such rule. */
function unheardOf(action: string, context: HandlerContext): AnyHandler {
  const table = unheard[context.protocol];
  if (!table) throw new OcppError('SecurityError', `${action} is not for a charge point that is not accepted.`);
  return (Object.hasOwn(table, action) && table[action]) || handlerOf(action, context);
}
