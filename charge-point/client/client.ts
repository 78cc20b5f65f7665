import { EventEmitter, once } from 'node:events';
import type { WebSocket } from 'ws';
import { type Clock, systemClock } from '../clock.js';
import type { Protocol } from '../protocols.js';
import { answer, type Handlers } from './answer.js';
import { type BackOff, backOffWait } from './back-off.js';
import { Calls } from './calls.js';
import { HandshakeRefused, PowerLost } from './errors.js';
import { type Payload, readFrame } from './frames.js';
import { type Connection, type Endpoint, openSocket } from './socket.js';

export type Direction = 'sent' | 'received';

/** What happens to a charge point's connection beside frames. */
export type ConnectionEvent =
  | { type: 'connected' }
  /** `isOwn`: the charge point itself closed it, for good. */
  | { type: 'closed'; code: number; reason: string; isOwn: boolean }
  | { type: 'retrying'; inMs: number }
  | { type: 'failed'; error: unknown }
  | { type: 'unanswered'; action: string; ms: number };

export interface ClientOptions extends Endpoint {
  /** Answers to the CSMS's CALLs by action; others get NotImplemented. */
  handlers?: Handlers;
  /** Sees every frame, as it is on the wire. */
  onFrame?: (direction: Direction, text: string) => void;
  onEvent?: (event: ConnectionEvent) => void;
  /** Milliseconds until a CALL counts as unanswered. */
  callTimeout?: number;
  backOff?: BackOff;
  /** Stop reconnecting when the handshake is refused with 401, 403 or 404. Otherwise tried for ever, as charge points do. */
  giveUpOnRefusal?: boolean;
  clock?: Clock;
  /** From 0 to 1, for the back-off. */
  random?: () => number;
  /** Ends the charge point: its socket is closed with 1000. */
  signal?: AbortSignal;
}

export interface ChargePoint {
  readonly identity: string;
  readonly protocol: Protocol;
  readonly clock: Clock;
  /** Aborted when the charge point is gone for good. */
  readonly signal: AbortSignal;
  /** Sends a CALL when it is its turn, and again after a reconnect that cut it off. @throws {CallError | CallTimeout} */
  call(action: string, payload: Payload): Promise<Payload>;
  /** Drops the socket without a close frame, as a network does: the charge point reconnects. */
  cutOff(): void;
  /** Drops the socket likewise, and connects again only after `goOnline`. CALLs wait meanwhile. */
  goOffline(): void;
  /** The same, and what was to be sent is forgotten. @throws {PowerLost} in each CALL that is not answered */
  losePower(): void;
  goOnline(): void;
  /** Closes with 1000 and stays away; resolves when the socket is gone. */
  close(): Promise<void>;
  /** Resolves when it was closed; rejects with the refusal that made it give up. */
  readonly closed: Promise<void>;
}

const defaults = {
  handlers: {},
  onFrame: () => {},
  onEvent: () => {},
  callTimeout: 30_000,
  // A developer's patience: real charge points wait longer.
  backOff: { waitMinimum: 2_000, randomRange: 2_000, repeatTimes: 5 },
  giveUpOnRefusal: false,
  clock: systemClock,
  random: Math.random,
};

/**
 * Connects a charge point and keeps it connected. The first connection is the caller's to judge; after it, each lost
 * socket is replaced with back-off, without a new BootNotification, and the CALL it left unanswered is repeated.
 * @throws {HandshakeRefused | NoCommonProtocol | Unreachable} when the first connection fails.
 */
export async function connectChargePoint(given: ClientOptions): Promise<ChargePoint> {
  const options = { ...defaults, ...given };
  const { clock, onEvent, onFrame } = options;
  const life = new AbortController();
  const signal = AbortSignal.any(given.signal ? [given.signal, life.signal] : [life.signal]);
  const calls = new Calls(clock, options.callTimeout, ({ action, ms }) => onEvent({ type: 'unanswered', action, ms }));

  const network = new EventEmitter();
  let isOffline = false;

  let current = await openSocket(options, received, signal).catch((error) => {
    signal.throwIfAborted();
    throw error;
  });
  signal.addEventListener('abort', () => current.socket.close(1000), { once: true });

  const closed = live(current).finally(() => calls.end(signal.reason));
  closed.catch(() => {}); // who does not look at `closed` learns it from the next call

  return {
    identity: options.identity,
    protocol: options.protocol,
    clock,
    signal,
    call: (action, payload) => calls.call(action, payload),
    cutOff: () => current.socket.terminate(),
    goOffline,
    losePower() {
      goOffline();
      calls.drop(new PowerLost());
    },
    goOnline() {
      isOffline = false;
      network.emit('online');
    },
    async close() {
      life.abort();
      await closed;
    },
    closed,
  };

  function goOffline(): void {
    isOffline = true;
    current.socket.terminate();
  }

  async function live(first: Connection): Promise<void> {
    let connection: Connection | undefined = first;
    while (connection) {
      const { socket } = connection;
      current = connection;
      onEvent({ type: 'connected' });
      if (signal.aborted) socket.close(1000);
      if (isOffline) socket.terminate();
      calls.resume((frame) => send(socket, frame));
      const { code, reason } = await connection.closed;
      calls.suspend();
      onEvent({ type: 'closed', code, reason, isOwn: signal.aborted });
      connection = await reconnect();
    }
  }

  /** Undefined when the charge point was closed meanwhile. */
  async function reconnect(): Promise<Connection | undefined> {
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      const inMs = backOffWait(attempt, options.backOff, options.random);
      try {
        if (isOffline) await once(network, 'online', { signal });
        onEvent({ type: 'retrying', inMs });
        await clock.wait(inMs, signal);
        return await openSocket(options, received, signal);
      } catch (error) {
        if (signal.aborted) return undefined;
        onEvent({ type: 'failed', error });
        if (options.giveUpOnRefusal && error instanceof HandshakeRefused && error.final) {
          life.abort(error);
          throw error;
        }
      }
    }
    return undefined;
  }

  function send(socket: WebSocket, frame: unknown[]): void {
    // A closing socket takes nothing any more: `closed` follows, and a CALL is repeated then.
    if (socket.readyState !== socket.OPEN) return;
    const text = JSON.stringify(frame);
    socket.send(text);
    onFrame('sent', text);
  }

  function received(socket: WebSocket, text: string): void {
    onFrame('received', text);
    const frame = readFrame(text);
    if (!frame) return; // visible to onFrame; a charge point has nothing to say to it
    if (frame.type === 'CALLRESULT' || frame.type === 'CALLERROR') return calls.settle(frame);
    answer(frame.id, frame.action, frame.payload, options.handlers).then((reply) => {
      if (frame.type === 'CALL') send(socket, reply.frame); // on the socket it came on, or not at all
      reply.afterwards?.();
    });
  }
}
