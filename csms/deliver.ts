import type { Clock } from './clock.js';
import { newest } from './connections/life.js';
import { type Connections, SocketGone, type Sockets } from './connections/ports.js';
import { parseOutgoing } from './ocpp/frame.js';

/** A charge point gives a CALL up after its time-out: an answer that is older helps nobody. */
const answerableFor = 30_000;

export interface Outgoing {
  chargePointId: string;
  text: string;
  /** The connection whose CALL it answers; undefined when somebody else than the CSMS published it. */
  connectionId: string | undefined;
  /** When the CALL that it answers reached the system. */
  receivedAt: Date | undefined;
}

export type Delivery = 'delivered' | 'not a frame' | 'no connection' | 'too late';

/**
 * Posts a frame down to its charge point: an answer to the connection that asked, everything else to the current one.
 *
 * @throws what the sockets throw, except that the connection is gone
 */
export async function deliver(
  { chargePointId, text, connectionId, receivedAt }: Outgoing,
  { connections, sockets, clock }: { connections: Connections; sockets: Sockets; clock: Clock },
): Promise<Delivery> {
  const frame = parseOutgoing(text);
  if (!frame) return 'not a frame';
  const now = clock.now();
  if (frame.isAnswer && receivedAt && now.getTime() - receivedAt.getTime() > answerableFor) return 'too late';

  const asking = frame.isAnswer ? connectionId : undefined;
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
