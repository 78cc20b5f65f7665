import type { Timer } from '../../schemas/timer.js';
import { tell } from '../history/tell.js';
import { closed, live, restored } from './life.js';
import type { ConnectionPorts } from './ports.js';

/** A charge point reconnects at least every two hours: only what lasts longer than this is worth an event. */
const offlineAfter = 60_000;
/** While the charge point is at reconnecting, which may come to nothing. */
const askAgainAfter = 10_000;
/** WebSocket close code: the message was too big. */
const tooBig = 1009;

/** A connection closed. It is forgotten only if it is still the one on record. */
export async function disconnected(
  { chargePointId, connectionId, at, code, reason }: Disconnect,
  ports: Pick<ConnectionPorts, 'connections' | 'timers' | 'history' | 'events' | 'clock'>,
): Promise<void> {
  const { connections, timers, clock } = ports;
  const now = clock.now();
  const [since, due] = [now.toISOString(), now.getTime() + offlineAfter];
  const timer = { kind: 'offline', chargePointId, connectionId, since, reason, due } as const;
  const isCurrent = (await connections.read(chargePointId)).current?.connectionId === connectionId;
  // Before the record, so that it is told whatever becomes of this.
  if (isCurrent) await timers.send(timer);
  const { after } = await connections.change(chargePointId, (record) => closed(record, connectionId, reason, now));
  // It became the current one meanwhile.
  if (!isCurrent && !after.current && after.gone?.since === since) await timers.send(timer);
  if (code !== tooBig) return;
  const detail = { connectionId, code: 'frame-too-large' } as const;
  await tell({ chargePointId, name: 'frame-too-large', id: connectionId, at, detail }, ports);
}

interface Disconnect {
  chargePointId: string;
  connectionId: string;
  /** By the gateway's clock: told again it is the same. */
  at: Date;
  code?: number;
  reason: string;
}

/** A minute after a connection closed: is there still none? @returns whether there is one now that takes CALLs */
export async function offlineDue(
  timer: Extract<Timer, { kind: 'offline' }>,
  ports: Omit<ConnectionPorts, 'chargePoints'>,
): Promise<boolean> {
  const { connections, timers, clock } = ports;
  const { chargePointId, connectionId, since, reason } = timer;
  // Whoever heard that it closed may have been interrupted before he could note that.
  const { after } = await connections.change(chargePointId, (record) =>
    record.current?.connectionId === connectionId ? closed(record, connectionId, reason, new Date(since)) : undefined,
  );
  const { current, gone, opening, replaced } = after;
  if (current || gone?.since !== since) return current !== undefined;
  const now = clock.now().getTime();
  const isReconnecting = opening.some((one) => now - Date.parse(one.since) < offlineAfter);
  if (isReconnecting) {
    await timers.send({ ...timer, due: now + askAgainAfter });
    return false;
  }
  for (const older of replaced.toReversed()) {
    if (await restore(chargePointId, older.connectionId, undefined, ports)) return true;
  }
  await tell({ chargePointId, name: 'disconnected', id: connectionId, at: new Date(since), detail: gone }, ports);
  return false;
}

/**
 * Closes a connection that another has replaced, or that was never to be used. The current one is left alone; and should
 * the current one have closed meanwhile, the one that it replaced is all that the charge point has, and is current again.
 *
 * @returns whether it is the current one now
 */
export async function closeDue(
  { chargePointId, connectionId }: { chargePointId: string; connectionId: string },
  ports: Pick<ConnectionPorts, 'connections' | 'sockets' | 'clock'>,
): Promise<boolean> {
  const { connections, sockets, clock } = ports;
  const record = await connections.read(chargePointId);
  const current = live(record, clock.now());
  if (current?.connectionId === connectionId) return true;
  const isReplaced = current && (await sockets.exists(current.connectionId));
  if (!isReplaced && (await restore(chargePointId, connectionId, record.current?.connectionId, ports))) return true;
  await sockets.close(connectionId);
  return false;
}

/** Makes the replaced connection `connectionId` current again if it exists, `deadId` being what is current on record. */
async function restore(
  chargePointId: string,
  connectionId: string,
  deadId: string | undefined,
  { connections, sockets, clock }: Pick<ConnectionPorts, 'connections' | 'sockets' | 'clock'>,
): Promise<boolean> {
  if (!(await sockets.exists(connectionId))) return false;
  const { after } = await connections.change(chargePointId, (record) =>
    restored(record, connectionId, deadId, clock.now()),
  );
  return after.current?.connectionId === connectionId;
}

/** A connection has come of age: it is closed before API Gateway does, so that outages don't echo every two hours. */
export async function retireDue(
  { connectionId }: { connectionId: string },
  { sockets }: Pick<ConnectionPorts, 'sockets'>,
): Promise<void> {
  await sockets.close(connectionId);
}

/** A charge point is no longer registered: none of its connections may stay. */
export async function closeAll(
  chargePointId: string,
  { connections, sockets }: Pick<ConnectionPorts, 'connections' | 'sockets'>,
): Promise<void> {
  const { current, opening, replaced } = await connections.read(chargePointId);
  for (const connection of [...replaced, ...opening, ...(current ? [current] : [])]) {
    await sockets.close(connection.connectionId);
  }
}
