import { type AnswerContext, answer } from './answer.js';
import type { FrameOrigin } from './frame-topics.js';
import type { KeptFrames, Repair } from './history/kept-frames.js';
import type { History } from './history/ports.js';
import { parseFrame } from './ocpp/frame.js';

/** What a repair is refused for is told by the repair; it is no other frame to be repaired. */
const history: History = { async add() {} };

interface Corrected {
  chargePointId: string;
  /** Of the frame that it is in place of. */
  frameId: string;
  text: string;
  origin: FrameOrigin;
}

type RepairPorts = Omit<AnswerContext, 'chargePointId' | 'connectionId' | 'protocol' | 'receivedAt'> & {
  keptFrames: KeptFrames;
};

/**
 * Has a corrected CALL have its effect as if the charge point had said it when the kept frame came, and notes what came of
 * it. Nothing is answered: the charge point has had its answer. What nobody asked for, or is done with, has no effect.
 *
 * @throws what a port throws: it is to be told again
 */
export async function repairFrame(
  { chargePointId, frameId, text, origin }: Corrected,
  ports: RepairPorts,
): Promise<void> {
  const { keptFrames, clock } = ports;
  const { repair } = (await keptFrames.find(chargePointId, frameId)) ?? {};
  const call = parseFrame(text, origin.protocol);
  if (repair?.status !== 'asked' || call.type !== 'CALL' || call.id !== repair.id) return;
  const reply = await answer(text, { ...ports, ...origin, chargePointId, history });
  const after: Repair = { ...repair, ...outcomeOf(reply, origin), at: clock.now().toISOString() };
  await keptFrames.mark(chargePointId, frameId, after, repair);
}

function outcomeOf(reply: string | undefined, { protocol }: FrameOrigin): Pick<Repair, 'status' | 'answer' | 'reason'> {
  const frame = parseFrame(reply ?? '', protocol);
  if (frame.type === 'CALLRESULT') return { status: 'repaired', answer: frame.payload as object };
  const reason = frame.type === 'CALLERROR' ? `${frame.code}: ${frame.description}` : 'It was not answered.';
  return { status: 'refused', reason };
}
