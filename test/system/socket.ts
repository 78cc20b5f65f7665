import { type ClientOptions, WebSocket } from 'ws';
import { Mailbox } from '../../charge-point/testing.js';
import { isAtLeastOnce } from './deliveries.js';
import { within } from './system.js';

/** The handshake was answered with another status than 101. */
export class Refused extends Error {
  constructor(readonly status: number | undefined) {
    super(`refused with ${status}`);
  }
}

/** A charge point's end of a socket, with no manners of its own: what is sent and received is the test's. */
export class Socket {
  /** Resolves when the socket is gone. */
  readonly closed: Promise<{ code: number }>;
  private readonly frames = new Mailbox<string>();
  private readonly came = new Set<string>();
  private calls = 0;

  constructor(readonly ws: WebSocket) {
    ws.on('message', (data) => {
      if (!this.isRepetition(data.toString())) this.frames.put(data.toString());
    });
    this.closed = new Promise((resolve) => ws.once('close', (code) => resolve({ code })));
  }

  get isOpen(): boolean {
    return this.ws.readyState === WebSocket.OPEN;
  }

  get subprotocol(): string {
    return this.ws.protocol;
  }

  /** How many frames came that nobody took. */
  get untaken(): number {
    return this.frames.size;
  }

  send(message: string | Buffer): void {
    this.ws.send(message);
  }

  /** Sends one message in several frames. */
  sendInFrames(message: string, frameSize: number): void {
    for (let start = 0; start < message.length; start += frameSize) {
      this.ws.send(message.slice(start, start + frameSize), { fin: start + frameSize >= message.length });
    }
  }

  /** The next frame, as it came. */
  text(): Promise<string> {
    return within('a frame', this.frames.take());
  }

  /** The next frame. */
  async frame(): Promise<unknown[]> {
    return JSON.parse(await this.text());
  }

  /** Sends a CALL; what comes next has to be its answer. */
  async call(action: string, payload: object = {}): Promise<unknown> {
    const id = `call-${++this.calls}`;
    this.send(JSON.stringify([2, id, action, payload]));
    const [type, answered, result] = await this.frame();
    if (type !== 3 || answered !== id)
      throw new Error(`${action} was answered with ${JSON.stringify([type, answered])}`);
    return result;
  }

  /** A Heartbeat goes through every hop. */
  async isAlive(): Promise<true> {
    await this.call('Heartbeat');
    return true;
  }

  close(): Promise<{ code: number }> {
    this.ws.close(1000);
    return this.closed;
  }

  /** A charge point that has its answer ignores a second one. */
  private isRepetition(text: string): boolean {
    const [, id = text] = /^\[[345],\s*("(?:[^"\\]|\\.)*")/.exec(text) ?? [];
    const isKnown = this.came.has(id);
    // The error of a message whose id can't be read belongs to many.
    if (!text.startsWith('[4,"-1"')) this.came.add(id);
    return isAtLeastOnce() && isKnown;
  }
}

/**
 * Dials `url`, whose path is sent as it is here.
 *
 * @param offered the subprotocols that may be chosen
 * @param header how they are written in the handshake
 * @throws {Refused}
 */
export function dial(
  url: string,
  {
    offered = ['ocpp2.0.1'],
    header = offered.join(),
    ...options
  }: { offered?: string[]; header?: string } & ClientOptions = {},
): Promise<Socket> {
  const ws = new WebSocket(url, offered, {
    perMessageDeflate: false,
    ...options,
    finishRequest: (request) => {
      if (header) request.setHeader('Sec-WebSocket-Protocol', header);
      request.end();
    },
  });
  const socket = new Socket(ws);
  return new Promise((resolve, reject) => {
    ws.once('open', () => resolve(socket));
    ws.on('error', reject);
    ws.once('unexpected-response', (request, response) => {
      reject(new Refused(response.statusCode));
      request.destroy();
    });
  });
}
