import { frameId } from '../history/frame-id.js';
import { keepFrame } from '../history/keep-frame.js';
import { OcppError } from './errors.js';
import { hasMoney } from './failure.js';
import type { Call, Send } from './frame.js';
import type { HandlerContext } from './handler.js';
import { type Deviation, json } from './tolerate.js';
import { understandRequest, validateRequest } from './validate.js';

/** An event must fit into a message of AWS IoT, 128 KB, whatever a charge point sends. */
const mostDeviations = 20;
const longestText = 200;

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
  { action, payload }: Call | Send,
  text: string,
  strictly: OcppError,
  context: HandlerContext,
): Promise<unknown> {
  const { chargePointId, chargePoints, events, protocol, receivedAt, stage } = context;
  const { request, deviations, fault } = await understandRequest(protocol, action, payload, receivedAt);
  const { validation = stage.validation, hardware } = (await chargePoints.find(chargePointId)) ?? {};
  const refusal = validation === 'tolerant' ? fault : strictly;

  await events.emit(chargePointId, 'protocol-deviation', `${receivedAt.toISOString()}-${frameId(text)}`, {
    ...{ protocol, action, deviations: deviations.slice(0, mostDeviations).map(shown) },
    ...(deviations.length > mostDeviations && { more: deviations.length - mostDeviations }),
    ...(refusal && { refused: true, code: refusal.refusal, reason: refusal.message }),
    ...(hardware && { vendor: hardware.vendor, model: hardware.model }),
    ...(hardware?.firmwareVersion && { firmwareVersion: hardware.firmwareVersion }),
  });
  if (refusal) throw refusal;

  if (hasMoney(action) && deviations.some(({ what }) => what === 'left-out')) {
    const refused = { code: 'partly-understood', why: 'Some of it was left out.' } as const;
    await keepFrame({ chargePointId, protocol, receivedAt, action, text, ...refused }, context);
  }
  return request;
}

function shown({ path, what, value }: Deviation) {
  const was = value === undefined ? undefined : json(value);
  return { path: path.slice(0, longestText), what, ...(was && { was: was.slice(0, longestText) }) };
}
