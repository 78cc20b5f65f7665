import type { Answers } from '../answers/ports.js';
import type { Clock } from '../clock.js';
import type { Command, Outcome } from '../commands/ports.js';
import type { FrameOrigin } from '../frame-topics.js';
import { refusalOf } from '../ocpp/errors.js';
import { parseFrame } from '../ocpp/frame.js';
import type { Protocol } from '../ocpp/protocol.js';
import type { ExchangeAnswer, MessageLog } from './ports.js';

/**
 * Logs what a charge point said, and what it is answered.
 *
 * @param text the frame
 * @param reply the frame that was published; undefined where nothing was, or somebody else may be faster
 */
export async function keepCall(
  { chargePointId, text, reply, origin }: Asked,
  { messages, clock }: MessageLog & { clock: Clock },
): Promise<void> {
  if (!messages) return;
  const { connectionId, protocol, receivedAt: at } = origin;
  const frame = parseFrame(text, protocol);
  if (frame.type !== 'CALL' && frame.type !== 'SEND') return;
  const { id: messageId, action, payload: request } = frame;
  const answer = reply === undefined ? undefined : answerIn(reply, 'csms', clock.now());
  const key = { chargePointId, at, messageId };
  await messages.add({
    ...{ ...key, connectionId, protocol, askedBy: 'charge-point', action, request },
    ...(answer && { answer }),
  });
}

interface Asked {
  chargePointId: string;
  text: string;
  reply: string | undefined;
  origin: FrameOrigin;
}

/** Logs what became of a CALL that somebody else might have answered: here is told which answer it got. */
export async function keepContested(
  { chargePointId, connectionId, messageId, receivedAt: at, text, isFirst }: Contested,
  { messages, answers, clock }: MessageLog & { answers: Answers; clock: Clock },
): Promise<void> {
  if (!messages) return;
  const taken = isFirst ? undefined : await answers.find({ chargePointId, connectionId, messageId });
  const answer = taken ? answerIn(taken.text, 'elsewhere', taken.at) : answerIn(text, 'csms', clock.now());
  if (answer) await messages.answered({ chargePointId, at, messageId }, answer);
}

interface Contested {
  chargePointId: string;
  connectionId: string;
  messageId: string;
  receivedAt: Date;
  /** The built-in answer. */
  text: string;
  /** Was there no other before it? */
  isFirst: boolean;
}

/** Logs how a charge point answered a CALL of ours. */
export async function keepOutcome(
  { command, messageId, protocol, outcome }: Replied,
  { messages, clock }: MessageLog & { clock: Clock },
): Promise<void> {
  const answer: ExchangeAnswer = { by: 'charge-point', answeredAt: clock.now(), ...outcome };
  await messages?.add({ ...exchangeOf(command, messageId), protocol, answer });
}

interface Replied {
  command: Command;
  messageId: string;
  protocol: Protocol;
  outcome: Outcome;
}

/** Logs a CALL of ours that nobody answered. @param protocol of its connection, while there is one */
export async function keepUnanswered(
  command: Command,
  messageId: string,
  protocol: Protocol | undefined,
  { messages }: MessageLog,
): Promise<void> {
  await messages?.add({ ...exchangeOf(command, messageId), ...(protocol && { protocol }) });
}

function exchangeOf({ chargePointId, commandId, action, payload, status, attempts }: Command, messageId: string) {
  const { sentAt = '', connectionId = '' } = attempts.find((one) => one.messageId === messageId) ?? {};
  const key = { chargePointId, at: new Date(sentAt), messageId };
  const request: unknown = JSON.parse(payload);
  return { ...key, connectionId, askedBy: 'csms' as const, action, request, command: { commandId, status } };
}

/** What a frame answers; undefined when it is no answer. Any version's are parsed like the newest one's. */
function answerIn(text: string, by: ExchangeAnswer['by'], answeredAt: Date): ExchangeAnswer | undefined {
  const frame = parseFrame(text, 'ocpp2.1');
  switch (frame.type) {
    case 'CALLRESULT':
      return { by, answeredAt, type: frame.type, payload: frame.payload };
    case 'CALLERROR': {
      const { type, code, description, details } = frame;
      const refusal = by === 'csms' ? refusalOf(code) : undefined;
      return { by, answeredAt, type, code, description, details, ...(refusal && { refusal }) };
    }
    default:
      return undefined;
  }
}
