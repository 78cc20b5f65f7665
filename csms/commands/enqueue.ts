import type { RefusalCode } from '../../schemas/refusals.js';
import { announceRefusal } from './announce.js';
import { dispatch } from './dispatch.js';
import { queued } from './life.js';
import type { CommandPorts } from './ports.js';

/** OCPP-J: in characters. */
const longestMessageId = 36;
/** No action of any version has a longer name. */
const longestAction = 100;

/** A CALL that somebody wants a charge point to get. */
export interface CommandCall {
  chargePointId: string;
  messageId: string;
  action: string;
  /** JSON. */
  payload: string;
  /** From then on it is worth sending for its time, however late it is taken in; otherwise from now. */
  publishedAt?: Date;
}

/**
 * Puts a CALL into the queue of its charge point, and sends it if nothing is before it. Told twice it is one command; the
 * same id for something else, one that is none, or a charge point that nobody registered is `command-settled: failed`.
 *
 * @returns why it is no command, if it is none
 */
export async function enqueue(call: CommandCall, ports: CommandPorts): Promise<RefusalCode | undefined> {
  const { chargePointId, messageId, action, payload } = call;
  const { chargePoints, commands, clock, stage } = ports;
  if ([...messageId].length > longestMessageId) return announceRefusal(call, 'message-id-invalid', ports);
  if (action.length > longestAction) return announceRefusal(call, 'action-unknown', ports);
  const chargePoint = await chargePoints.find(chargePointId);
  if (!chargePoint?.registered || chargePoint.namespace !== stage.namespace) {
    return announceRefusal(call, 'charge-point-unknown', ports);
  }
  const now = clock.now();
  const since = new Date(Math.min(call.publishedAt?.getTime() ?? Number.POSITIVE_INFINITY, now.getTime()));
  const command = await commands.add(queued({ chargePointId, commandId: messageId, action, payload }, now, since));
  const isAnother = command.action !== action || command.payload !== payload;
  if (isAnother) await announceRefusal(call, 'message-id-taken', ports);
  await dispatch(chargePointId, ports);
  return isAnother ? 'message-id-taken' : undefined;
}
