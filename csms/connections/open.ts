import type { Timer } from '../../schemas/timer.js';
import { tell } from '../history/tell.js';
import { abandoned, isFlapping, opened, promoted } from './life.js';
import type { Connection, ConnectionPorts, ConnectionRecord } from './ports.js';

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
  { connections, timers }: Pick<ConnectionPorts, 'connections' | 'timers'>,
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

/**
 * Asks whether an opening connection exists by now: after 1 s, whenever it is about twice as old, and after 30 s. More
 * than twice, since a queue delays by whole seconds.
 *
 * @returns whether it is the current one now
 */
export async function openingDue(
  timer: { chargePointId: string; connectionId: string; openedAt: number },
  ports: ConnectionPorts,
): Promise<boolean> {
  const { chargePoints, connections, sockets, timers, clock } = ports;
  const { chargePointId, connectionId, openedAt } = timer;
  const record = await connections.read(chargePointId);
  // Told twice, or interrupted after the promotion: what follows from it is done again.
  if (record.current?.connectionId === connectionId) {
    await announce(chargePointId, record, ports);
    return true;
  }

  const now = clock.now();
  const age = now.getTime() - openedAt;
  if (await sockets.exists(connectionId)) {
    // Its thing was deleted during the handshake, when there was nothing yet to close.
    if ((await chargePoints.find(chargePointId))?.registered === false) {
      await sockets.close(connectionId);
      return false;
    }
    const { after } = await connections.change(chargePointId, (latest) => promoted(latest, connectionId, now));
    if (after.current?.connectionId === connectionId) {
      await announce(chargePointId, after, ports);
      return true;
    }
    // A newer one was found before it.
    if (!isFlapping(after)) await timers.send(closing(chargePointId, connectionId, now));
  } else if (age < patience) {
    await timers.send({ kind: 'opening', ...timer, due: openedAt + Math.min(2 * Math.max(age, 1_000), patience) });
  } else {
    await connections.change(chargePointId, (latest) => abandoned(latest, connectionId));
  }
  return false;
}

/** Tells everybody of the new current connection, and gives those it replaces their grace. */
async function announce(
  chargePointId: string,
  record: ConnectionRecord,
  ports: Pick<ConnectionPorts, 'timers' | 'history' | 'events' | 'clock'>,
): Promise<void> {
  const { current, replaced, replacedAt, gone } = record;
  const { timers, clock } = ports;
  const former = replaced.at(-1);
  if (!current) return;
  const { connectionId, protocol, since } = current;
  const about = { chargePointId, id: connectionId, at: new Date(since) };
  const before = former ? { replaced: former.connectionId } : gone && { lastDisconnect: gone };
  await tell({ ...about, name: 'connected', detail: { connectionId, protocol, since, ...before } }, ports);
  if (!former) return;
  if (isFlapping(record)) {
    await tell({ ...about, name: 'connection-flapping', detail: { replacements: replacedAt.length } }, ports);
  } else {
    for (const { connectionId } of replaced) await timers.send(closing(chargePointId, connectionId, clock.now()));
  }
}

function closing(chargePointId: string, connectionId: string, now: Date): Timer {
  return { kind: 'close', chargePointId, connectionId, due: now.getTime() + grace };
}

/** A handshake without a common subprotocol completes, and is then closed. It is never on record and replaces nothing. */
export async function stray(
  { chargePointId, connectionId, at }: { chargePointId: string; connectionId: string; at: Date },
  { timers }: Pick<ConnectionPorts, 'timers'>,
): Promise<void> {
  await timers.send(closing(chargePointId, connectionId, at));
}
