import type { RefusalCode } from '../schemas/refusals.js';
import type { Elsewhere } from './answers/elsewhere.js';
import type { Answers } from './answers/ports.js';
import { enqueue } from './commands/enqueue.js';
import type { CommandPorts } from './commands/ports.js';
import { newest } from './connections/life.js';
import { SocketGone } from './connections/ports.js';
import { keepRefused } from './history/refused.js';
import { keepContested } from './messages/keep.js';
import { parseOutgoing } from './ocpp/frame.js';

/** A charge point gives a CALL up after its time-out: an answer that is older helps nobody. */
const answerableFor = 30_000;

export interface OutMessage {
  chargePointId: string;
  text: string;
  publishedAt: Date;
  /** The connection whose CALL it answers; undefined when somebody else than the CSMS published it. */
  connectionId: string | undefined;
  /** When the CALL that it answers reached the system. */
  receivedAt: Date | undefined;
  /** May somebody else answer the same CALL? */
  isContested: boolean;
}

type Undelivered = 'not a frame' | 'no connection' | 'too late' | 'answered already';
/** A CALL that never became a command is told by the code of the reason. */
export type Delivery = 'delivered' | 'queued' | Undelivered | RefusalCode;

/** Why an answer is not delivered. */
const codes: Record<Undelivered, RefusalCode> = {
  'not a frame': 'answer-not-a-frame',
  'no connection': 'answer-without-connection',
  'too late': 'answer-too-late',
  'answered already': 'answered-already',
};

/** Why a frame came to nothing; undefined when it did not. */
export function refusalOf(delivery: Delivery): RefusalCode | undefined {
  if (delivery === 'delivered' || delivery === 'queued') return undefined;
  return Object.hasOwn(codes, delivery) ? codes[delivery as Undelivered] : (delivery as RefusalCode);
}

export type DeliverPorts = Omit<CommandPorts, 'stage'> & {
  answers: Answers;
  stage: CommandPorts['stage'] & Pick<Elsewhere, 'answeredElsewhere'>;
};

/**
 * Takes a frame down to its charge point: an answer to the connection that asked, at once; a CALL joins the queue. Where
 * CALLs are answered elsewhere, the first answer is taken, and no other.
 *
 * @throws what the ports throw, except that the connection is gone
 */
export async function deliver(message: OutMessage, ports: DeliverPorts): Promise<Delivery> {
  const delivery = await taken(message, ports);
  await keepContestedOf(message, delivery, ports);
  await keepUndelivered(message, delivery, ports);
  return delivery;
}

/** What was held back for the case that nobody answers is not missed. */
async function keepUndelivered(
  { chargePointId, text, publishedAt: at, isContested }: OutMessage,
  delivery: Delivery,
  ports: DeliverPorts,
): Promise<void> {
  const code = refusalOf(delivery);
  if (!code || (delivery === 'answered already' && isContested)) return;
  const frame = parseOutgoing(text);
  const about = {
    ...(frame && frame.type !== 'SEND' && { messageId: frame.id }),
    ...(frame?.type === 'CALL' && { action: frame.action }),
  };
  await keepRefused({ chargePointId, kind: 'not-delivered', at, text, code, about }, ports);
}

/** Only what came of `csms` says which CALL it answers: it comes last, and tells which answer was the first. */
async function keepContestedOf(
  { chargePointId, text, connectionId, receivedAt, isContested }: OutMessage,
  delivery: Delivery,
  ports: DeliverPorts,
): Promise<void> {
  const frame = isContested ? parseOutgoing(text) : undefined;
  if (frame?.type !== 'answer' || !connectionId || !receivedAt) return;
  const isFirst = delivery !== 'answered already';
  await keepContested({ chargePointId, connectionId, messageId: frame.id, receivedAt, text, isFirst }, ports);
}

async function taken(
  { chargePointId, text, publishedAt, connectionId, receivedAt, isContested }: OutMessage,
  ports: DeliverPorts,
): Promise<Delivery> {
  const { answers, connections, sockets, clock, stage } = ports;
  const frame = parseOutgoing(text);
  if (!frame) return 'not a frame';
  if (frame.type === 'CALL') {
    const { id: messageId, action, payload } = frame;
    return (await enqueue({ chargePointId, messageId, action, payload, publishedAt }, ports)) ?? 'queued';
  }
  const now = clock.now();
  const isAnswer = frame.type === 'answer';
  if (isAnswer && receivedAt && now.getTime() - receivedAt.getTime() > answerableFor) return 'too late';

  const asking = isAnswer ? connectionId : undefined;
  const target = asking ?? newest(await connections.read(chargePointId), now)?.connectionId;
  if (!target) return 'no connection';
  if (frame.type === 'answer' && stage.answeredElsewhere.length > 0 && (isContested || !connectionId)) {
    const isFirst = await answers.claim({ chargePointId, connectionId: target, messageId: frame.id, text });
    if (!isFirst) return 'answered already';
  }
  try {
    await sockets.post(target, text);
    return 'delivered';
  } catch (error) {
    if (error instanceof SocketGone) return 'no connection';
    throw error;
  }
}
