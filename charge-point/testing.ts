import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Clock } from './clock.js';

/** Things that come one after another, for a test that awaits them one after another. */
export class Mailbox<T> {
  readonly #items: T[] = [];
  readonly #takers: ((item: T) => void)[] = [];

  put(item: T): void {
    const taker = this.#takers.shift();
    if (taker) taker(item);
    else this.#items.push(item);
  }

  take(): Promise<T> {
    const item = this.#items.shift();
    return item === undefined ? new Promise((resolve) => this.#takers.push(resolve)) : Promise.resolve(item);
  }

  get size(): number {
    return this.#items.length;
  }
}

/** A clock that stands still until the wait that a test expects has passed. */
export class ManualClock implements Clock {
  #now = Date.parse('2026-01-01T00:00:00Z');
  readonly #waits = new Set<{ ms: number; pass: () => void }>();
  readonly #asked = new Set<() => void>();

  now = () => this.#now;

  wait = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const stop = () => {
        this.#waits.delete(wait);
        reject(signal.reason);
      };
      const wait = {
        ms,
        pass: () => {
          this.#waits.delete(wait);
          signal.removeEventListener('abort', stop);
          this.#now += ms;
          resolve();
        },
      };
      if (signal.aborted) return stop();
      signal.addEventListener('abort', stop, { once: true });
      this.#waits.add(wait);
      for (const look of this.#asked) look();
    });

  /** Lets the next wait of exactly so many milliseconds pass, once somebody waits for it. */
  pass(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        const wait = [...this.#waits].find((candidate) => candidate.ms === ms);
        if (!wait) return;
        this.#asked.delete(look);
        wait.pass();
        resolve();
      };
      this.#asked.add(look);
      look();
    });
  }
}

/** A frame of which the test says what it expects. */
export type AnyFrame = any[];

/** The server's end of one socket. */
export class Peer {
  readonly frames = new Mailbox<AnyFrame>();
  readonly closed: Promise<number>;

  constructor(
    readonly socket: WebSocket,
    readonly request: IncomingMessage,
  ) {
    socket.on('message', (data) => this.frames.put(JSON.parse(data.toString())));
    this.closed = once(socket, 'close').then(([code]) => code as number);
  }

  send(...frame: unknown[]): void {
    this.socket.send(JSON.stringify(frame));
  }

  /** Takes the next frame, a CALL, and answers it. */
  async answer(payload: object): Promise<AnyFrame> {
    const call = await this.frames.take();
    this.send(3, call[1], payload);
    return call;
  }
}

/** A server that does only what the test says. */
export class TestCsms {
  readonly peers = new Mailbox<Peer>();
  /** HTTP status for the next handshakes; undefined lets them in. */
  refuse: number | undefined;
  url = '';
  readonly #server: WebSocketServer;

  constructor(subprotocol: (offered: Set<string>) => string | false = (offered) => [...offered][0] ?? false) {
    this.#server = new WebSocketServer({
      host: '127.0.0.1',
      port: 0,
      handleProtocols: subprotocol,
      verifyClient: (_info, done) => done(this.refuse === undefined, this.refuse),
    });
    this.#server.on('connection', (socket, request) => this.peers.put(new Peer(socket, request)));
  }

  async listening(): Promise<this> {
    if (!this.#server.address()) await once(this.#server, 'listening');
    this.url = `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  async close(): Promise<void> {
    for (const socket of this.#server.clients) socket.terminate();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

export const accepted = (interval: number) => ({
  status: 'Accepted',
  currentTime: '2026-01-01T00:00:00Z',
  interval,
});
