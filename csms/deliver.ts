import { enqueue } from './commands/enqueue.js';
import type { CommandPorts } from './commands/ports.js';
import { newest } from './connections/life.js';
import { SocketGone } from './connections/ports.js';
import { parseOutgoing } from './ocpp/frame.js';

/** A charge point gives a CALL up after its time-out: an answer that is older helps nobody. */
const answerableFor = 30_000;

export interface OutMessage {
  chargePointId: string;
  text: string;
  /** The connection whose CALL it answers; undefined when somebody else than the CSMS published it. */
  connectionId: string | undefined;
  /** When the CALL that it answers reached the system. */
  receivedAt: Date | undefined;
}

export type Delivery = 'delivered' | 'queued' | 'not a frame' | 'no connection' | 'too late';

/**
 * Takes a frame down to its charge point: an answer to the connection that asked, at once; a CALL joins the queue.
 *
 * @throws what the ports throw, except that the connection is gone
 */
export async function deliver(
  { chargePointId, text, connectionId, receivedAt }: OutMessage,
  ports: CommandPorts,
): Promise<Delivery> {
  const { connections, sockets, clock } = ports;
  const frame = parseOutgoing(text);
  if (!frame) return 'not a frame';
  if (frame.type === 'CALL') {
    const { id: messageId, action, payload } = frame;
    await enqueue({ chargePointId, messageId, action, payload }, ports);
    return 'queued';
  }
  const now = clock.now();
  const isAnswer = frame.type === 'answer';
  if (isAnswer && receivedAt && now.getTime() - receivedAt.getTime() > answerableFor) return 'too late';

  const asking = isAnswer ? connectionId : undefined;
  const target = asking ?? newest(await connections.read(chargePointId), now)?.connectionId;
  if (!target) return 'no connection';
  try {
    await sockets.post(target, text);
    return 'delivered';
  } catch (error) {
    if (error instanceof SocketGone) return 'no connection';
    throw error;
  }
}
