import type { Clock } from './clock.js';
import type { Sockets } from './connections/ports.js';
import { retiresAt } from './connections/retirement.js';
import type { Events } from './events.js';
import type { FrameTopics } from './frame-topics.js';
import { keepFrame } from './history/keep-frame.js';
import type { History } from './history/ports.js';
import { keepRefused } from './history/refused.js';
import { failureOf, moneyIn } from './ocpp/failure.js';
import { parseFrame } from './ocpp/frame.js';
import type { Protocol } from './ocpp/protocol.js';
import type { Timers } from './timers.js';

/** What is in flight when a connection comes of age is answered first. */
const lastAnswers = 5_000;

export interface Received {
  chargePointId: string;
  connectionId: string;
  protocol: Protocol;
  /** Milliseconds since 1970. */
  connectedAt: number;
  text: string;
}

export interface ReceivePorts {
  topics: FrameTopics;
  sockets: Sockets;
  timers: Timers;
  history: History;
  events: Events;
  clock: Clock;
}

/**
 * Takes a frame from a charge point's socket to its topic, unchanged; what is no frame is answered here, and kept when it was
 * to be one with money in it.
 *
 * @returns why it is no frame, or undefined when it is one
 */
export async function receive(
  { chargePointId, connectionId, protocol, connectedAt, text }: Received,
  { topics, sockets, timers, history, events, clock }: ReceivePorts,
): Promise<string | undefined> {
  const receivedAt = clock.now();
  const frame = parseFrame(text, protocol);
  const refusal = { chargePointId, kind: 'frame-refused', at: receivedAt, text } as const;
  if (frame.type === 'malformed') {
    const action = moneyIn(text);
    const refused = { code: 'not-a-frame', why: `The message ${frame.why}.` } as const;
    const unrepaired = { chargePointId, connectionId, protocol, receivedAt, text, ...refused };
    if (action) await keepFrame({ ...unrepaired, action }, { history, events });
    else await keepRefused({ ...refusal, code: refused.code, about: { reason: refused.why } }, { history });
    if (frame.answer) await sockets.post(connectionId, frame.answer);
    return frame.why;
  }
  try {
    await topics.in(chargePointId, text, { connectionId, protocol, receivedAt });
  } catch (error) {
    const failure = failureOf(text, protocol);
    // Should the socket be gone as well, what failed first is still what is told.
    if (failure) await sockets.post(connectionId, failure).catch(() => {});
    throw error;
  }
  if (receivedAt.getTime() >= retiresAt(connectionId, connectedAt)) {
    await timers.send({ kind: 'retire', chargePointId, connectionId, due: receivedAt.getTime() + lastAnswers });
  }
  return undefined;
}
