import type { Clock } from '../clock.js';
import type { Events } from '../events.js';
import type { Timers } from '../timers.js';
import { abandoned, isFlapping, live, opened, promoted } from './life.js';
import type { Connection, ConnectionRecord, Connections, Sockets } from './ports.js';

/** What is in flight on a replaced connection is still answered on it. */
const grace = 1_000;
/** A connection that does not exist this long after its handshake was answered never will. */
const patience = 30_000;

/**
 * A charge point's handshake is about to be answered. The connection does not exist yet, and may never: nothing may be
 * posted to it, and the one it is to replace stays current until a timer has seen it.
 */
export async function opening(
  { chargePointId, ...connection }: Connection & { chargePointId: string },
  { connections, timers }: { connections: Connections; timers: Timers },
): Promise<void> {
  const openedAt = Date.parse(connection.since);
  // Before the record, so that no connection is left opening for ever.
  await timers.send({
    kind: 'opening',
    chargePointId,
    connectionId: connection.connectionId,
    openedAt,
    due: openedAt + 1_000,
  });
  await connections.change(chargePointId, (record) => opened(record, connection));
}

interface Ports {
  connections: Connections;
  sockets: Sockets;
  timers: Timers;
  events: Events;
  clock: Clock;
}

/** Asks whether an opening connection exists by now, after 1, 2, 4, 8, 16 and 30 s. */
export async function openingDue(
  timer: { chargePointId: string; connectionId: string; openedAt: number },
  ports: Ports,
): Promise<void> {
  const { connections, sockets, timers, clock } = ports;
  const { chargePointId, connectionId, openedAt } = timer;
  const record = await connections.read(chargePointId);
  // Told twice, or interrupted after the promotion: what follows from it is done again.
  if (record.current?.connectionId === connectionId) return announce(chargePointId, record, ports);

  const now = clock.now();
  const age = now.getTime() - openedAt;
  if (await sockets.exists(connectionId)) {
    const { after } = await connections.change(chargePointId, (latest) => promoted(latest, connectionId, now));
    if (after.current?.connectionId === connectionId) return announce(chargePointId, after, ports);
    // A newer handshake superseded it.
    if (!isFlapping(after, now)) await sockets.close(connectionId);
  } else if (age < patience) {
    await timers.send({ kind: 'opening', ...timer, due: openedAt + Math.min(2 * Math.max(age, 1_000), patience) });
  } else {
    await connections.change(chargePointId, (latest) => abandoned(latest, connectionId));
  }
}

/** Tells everybody of the new current connection, and gives the former its grace. */
async function announce(
  chargePointId: string,
  { current, previous, ...record }: ConnectionRecord,
  { timers, events, clock }: Ports,
): Promise<void> {
  if (!current) return;
  const now = clock.now();
  await events.emit(chargePointId, 'connected', current.connectionId, {
    connectionId: current.connectionId,
    protocol: current.protocol,
    ...(previous && { replaced: previous.connectionId }),
  });
  if (!previous) return;
  if (isFlapping(record, now)) {
    const replacements = record.replacedAt.length;
    await events.emit(chargePointId, 'connection-flapping', current.connectionId, { replacements });
  } else {
    const { connectionId } = previous;
    await timers.send({ kind: 'close', chargePointId, connectionId, due: now.getTime() + grace });
  }
}

/** Closes a connection that another has replaced, or that was never to be used. The current one is left alone. */
export async function closeDue(
  { chargePointId, connectionId }: { chargePointId: string; connectionId: string },
  { connections, sockets, clock }: Pick<Ports, 'connections' | 'sockets' | 'clock'>,
): Promise<void> {
  const record = await connections.read(chargePointId);
  if (live(record, clock.now())?.connectionId === connectionId) return;
  await sockets.close(connectionId);
}

/** A handshake without a common subprotocol completes, and is then closed. It is never on record and replaces nothing. */
export async function stray(
  { chargePointId, connectionId, at }: { chargePointId: string; connectionId: string; at: Date },
  { timers }: { timers: Timers },
): Promise<void> {
  await timers.send({ kind: 'close', chargePointId, connectionId, due: at.getTime() + grace });
}
