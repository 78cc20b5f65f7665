import type { FrameOrigin, FrameTopics } from '../frame-topics.js';
import { parseFrame } from '../ocpp/frame.js';
import type { Timers } from '../timers.js';

/** What a stage says of the CALLs that somebody else answers. */
export interface Elsewhere {
  /** Actions, and `DataTransfer:{vendorId}` for those of a vendor. */
  answeredElsewhere: readonly string[];
  /** How long whoever answers them has, in seconds since the CALL was received. */
  externalAnswerTimeout: number;
}

/**
 * Publishes what a frame is answered here. When somebody else is to answer, he has his time first; but of an error in the
 * CALL its sender hears at once.
 *
 * @param text the frame
 * @param reply the frame that answers it
 * @returns whether somebody else's answer may be the one that counts
 */
export async function give(
  { chargePointId, text, reply, origin }: { chargePointId: string; text: string; reply: string; origin: FrameOrigin },
  { topics, timers, stage }: { topics: FrameTopics; timers: Timers; stage: Elsewhere },
): Promise<boolean> {
  const { connectionId, protocol, receivedAt } = origin;
  if (stage.answeredElsewhere.length === 0 || !isAnsweredElsewhere(text, origin, stage)) {
    await topics.out(chargePointId, reply, origin);
    return false;
  }
  if (isError(reply, origin)) {
    await topics.out(chargePointId, reply, { ...origin, isContested: true });
    return true;
  }
  const due = receivedAt.getTime() + stage.externalAnswerTimeout * 1_000;
  const held = { frame: reply, protocol, receivedAt: receivedAt.toISOString() };
  await timers.send({ kind: 'answer', chargePointId, connectionId, due, ...held });
  return true;
}

function isAnsweredElsewhere(text: string, { protocol }: FrameOrigin, { answeredElsewhere }: Elsewhere): boolean {
  const frame = parseFrame(text, protocol);
  if (frame.type !== 'CALL') return false;
  const { vendorId } = (frame.payload ?? {}) as { vendorId?: unknown };
  return answeredElsewhere.some(
    (listed) =>
      listed === frame.action || (frame.action === 'DataTransfer' && listed === `${frame.action}:${vendorId}`),
  );
}

function isError(reply: string, { protocol }: FrameOrigin): boolean {
  return parseFrame(reply, protocol).type === 'CALLERROR';
}
