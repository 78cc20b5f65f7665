import type { ChargePoints } from '../charge-points/ports.js';
import type { Clock } from '../clock.js';
import type { Events } from '../events.js';
import type { History } from '../history/ports.js';
import type { Protocol } from '../ocpp/protocol.js';
import type { Timers } from '../timers.js';

export interface Connection {
  connectionId: string;
  protocol: Protocol;
  /** ISO 8601 UTC: when its handshake was answered. */
  since: string;
  /** Did it come with its password? */
  hasPassword?: boolean;
  /** ISO 8601 UTC: when it became current again, the one that had replaced it being gone. */
  restoredAt?: string;
}

/** All that is known of a charge point's sockets. */
export interface ConnectionRecord {
  /** Takes the CALLs: the newest connection that is known to exist. */
  current?: Connection;
  /** Handshakes answered, oldest first, not yet known to exist: API Gateway may still drop them. */
  opening: Connection[];
  /** Were current before `current`, or would have been had they not been found so late; oldest first. They are about to be closed. */
  replaced: Connection[];
  /** When the last replacements of a live connection happened, ISO 8601 UTC, oldest first. */
  replacedAt: string[];
  /** When a current connection closed for the last time, and why; also while there is another. */
  gone?: { since: string; reason: string };
}

export interface Connections {
  /** Strongly consistent. A charge point that never connected has an empty record. */
  read(chargePointId: string): Promise<ConnectionRecord>;
  /**
   * Applies `transition` to the record as it is, and again should somebody else have changed it meanwhile.
   *
   * @param transition pure; returns undefined to leave the record alone
   */
  change(
    chargePointId: string,
    transition: (record: ConnectionRecord) => ConnectionRecord | undefined,
  ): Promise<{ before: ConnectionRecord; after: ConnectionRecord }>;
}

/** The gateway's sockets. */
export interface Sockets {
  /** @throws {SocketGone} when the connection is closed, unknown, or its handshake not yet complete */
  post(connectionId: string, text: string): Promise<void>;
  /** The same for what must not arrive twice: where it is not known whether it arrived, it is not tried again. */
  postOnce(connectionId: string, text: string): Promise<void>;
  exists(connectionId: string): Promise<boolean>;
  /** Closes with 1000. A connection that is gone is no error. */
  close(connectionId: string): Promise<void>;
}

export class SocketGone extends Error {
  constructor(connectionId: string, cause?: unknown) {
    super(`Connection ${connectionId} is gone.`, { cause });
  }
}

/** All that the life of connections needs. */
export interface ConnectionPorts {
  chargePoints: ChargePoints;
  connections: Connections;
  sockets: Sockets;
  timers: Timers;
  history: History;
  events: Events;
  clock: Clock;
}
