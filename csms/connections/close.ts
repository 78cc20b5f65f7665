import type { Clock } from '../clock.js';
import type { Events } from '../events.js';
import type { Timers } from '../timers.js';
import { closed } from './life.js';
import type { Connections, Sockets } from './ports.js';

/** A charge point reconnects at least every two hours: only what lasts longer than this is worth an event. */
const offlineAfter = 60_000;
/** WebSocket close code: the message was too big. */
const tooBig = 1009;

interface Ports {
  connections: Connections;
  sockets: Sockets;
  timers: Timers;
  events: Events;
  clock: Clock;
}

/** A connection closed. It is forgotten only if it is still the one on record. */
export async function disconnected(
  {
    chargePointId,
    connectionId,
    code,
    reason,
  }: { chargePointId: string; connectionId: string; code?: number; reason: string },
  { connections, timers, events, clock }: Omit<Ports, 'sockets'>,
): Promise<void> {
  const now = clock.now();
  const { before, after } = await connections.change(chargePointId, (record) =>
    closed(record, connectionId, reason, now),
  );
  if (before.current?.connectionId === connectionId && after.gone) {
    const { since } = after.gone;
    await timers.send({ kind: 'offline', chargePointId, connectionId, since, due: Date.parse(since) + offlineAfter });
  }
  if (code === tooBig) await events.emit(chargePointId, 'frame-too-large', connectionId, { connectionId });
}

/** A minute after a connection closed: is there still none? */
export async function offlineDue(
  { chargePointId, connectionId, since }: { chargePointId: string; connectionId: string; since: string },
  { connections, events }: Pick<Ports, 'connections' | 'events'>,
): Promise<void> {
  const { gone, opening } = await connections.read(chargePointId);
  if (gone?.since !== since || opening) return;
  await events.emit(chargePointId, 'disconnected', connectionId, gone);
}

/** A connection has come of age: it is closed before API Gateway does, so that outages don't echo every two hours. */
export async function retireDue(
  { connectionId }: { connectionId: string },
  { sockets }: Pick<Ports, 'sockets'>,
): Promise<void> {
  await sockets.close(connectionId);
}

/** A charge point is no longer registered: none of its connections may stay. */
export async function closeAll(
  chargePointId: string,
  { connections, sockets }: Pick<Ports, 'connections' | 'sockets'>,
): Promise<void> {
  const { current, opening, previous } = await connections.read(chargePointId);
  for (const connection of [current, opening, previous]) {
    if (connection) await sockets.close(connection.connectionId);
  }
}
