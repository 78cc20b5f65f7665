import type { RefusalCode } from '../../schemas/refusals.js';
import type { Events } from '../events.js';
import type { Protocol } from '../ocpp/protocol.js';
import { frameId } from './frame-id.js';
import { type FrameDetail, frameIdOf } from './kept-frames.js';
import type { History } from './ports.js';

/** A frame with money in it that could not be understood, or not all of it. */
export interface Unrepaired {
  chargePointId: string;
  connectionId: string;
  protocol: Protocol;
  receivedAt: Date;
  action: string;
  /** The frame as it came. */
  text: string;
  code: RefusalCode;
  why: string;
}

/** Keeps a frame for somebody to repair, and tells so: what a charge point drops after an error is nowhere else. */
export async function keepFrame(
  { chargePointId, connectionId, protocol, receivedAt, action, text, code, why }: Unrepaired,
  { history, events }: { history: History; events: Events },
): Promise<void> {
  const entryId = frameId(text);
  const at = receivedAt.toISOString();
  const detail: FrameDetail = { frame: text, connectionId, protocol, action, code, why, receivedAt: at };
  await history.add({ chargePointId, kind: 'frame', at: receivedAt, id: entryId, detail });
  await events.emit(chargePointId, 'frame-kept', frameIdOf(receivedAt, entryId), {
    protocol,
    action,
    code,
    why,
    receivedAt: at,
    entryId,
  });
}
