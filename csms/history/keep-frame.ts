import type { RefusalCode } from '../../schemas/refusals.js';
import type { Events } from '../events.js';
import type { Protocol } from '../ocpp/protocol.js';
import { frameId } from './frame-id.js';
import type { History } from './ports.js';

/** A frame with money in it that could not be understood, or not all of it. */
export interface Unrepaired {
  chargePointId: string;
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
  { chargePointId, protocol, receivedAt, action, text, code, why }: Unrepaired,
  { history, events }: { history: History; events: Events },
): Promise<void> {
  const entryId = frameId(text);
  const detail = { frame: text, protocol, action, why };
  await history.add({ chargePointId, kind: 'frame', at: receivedAt, id: entryId, detail });
  const at = receivedAt.toISOString();
  await events.emit(chargePointId, 'frame-kept', `${at}-${entryId}`, {
    protocol,
    action,
    code,
    why,
    receivedAt: at,
    entryId,
  });
}
