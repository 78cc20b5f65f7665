import type { RefusalCode } from '../../schemas/refusals.js';
import { frameId } from './frame-id.js';
import type { History } from './ports.js';

/** A frame that came to nothing: one of a charge point, or one that somebody published for it. */
export interface RefusedFrame {
  chargePointId: string;
  kind: 'frame-refused' | 'not-delivered';
  at: Date;
  /** The frame as it came, which is not kept. */
  text: string;
  code: RefusalCode;
  /** What can be read of it, and what was said of it. */
  about: { messageId?: string; action?: string; reason?: string };
}

/** Keeps why a frame was refused, and where it stopped. */
export function keepRefused(
  { chargePointId, kind, at, text, code, about }: RefusedFrame,
  { history }: { history: History },
): Promise<void> {
  // A charge point may put anything into a frame.
  const told = Object.entries(about).map(([name, value]) => [name, value?.slice(0, 200)]);
  const detail = { code, ...Object.fromEntries(told.filter(([, value]) => value !== undefined)) };
  return history.add({ chargePointId, kind, at, id: frameId(text), detail });
}
