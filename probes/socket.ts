import { get as httpGet, type IncomingMessage } from 'node:http';
import { get as httpsGet } from 'node:https';
import { text } from 'node:stream/consumers';
import { type ClientOptions, WebSocket } from 'ws';
import { within } from './expect.js';
import { mark } from './mark.js';
import { Differs } from './probe.js';
import type { Stage } from './stage.js';

/** What a handshake asks for. */
export interface Asked {
  /** For the functions behind the probes' API. */
  query?: Record<string, string>;
  headers?: Record<string, string>;
}

/** How a request was answered. */
export interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  body: string;
}

/** RFC 6455, 4.1. */
export const handshake = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

/** Asks for a WebSocket, and gives it up again. The functions know the handshake by its header `x-probe`. */
export async function knock(url: string, { query = {}, headers }: Asked = {}): Promise<Answer & { probe: string }> {
  const probe = mark();
  const answer = await get(withQuery(url, query), { ...handshake, 'x-probe': probe, ...headers });
  return { ...answer, probe };
}

/** Sends a GET to where WebSockets are dialled. */
export function get(url: URL, headers: Record<string, string>): Promise<Answer> {
  const { protocol, host, pathname, search } = url;
  const [ask, scheme] = protocol === 'wss:' ? [httpsGet, 'https'] : [httpGet, 'http'];
  const answered = new Promise<Answer>((resolve, reject) => {
    const asking = ask(`${scheme}://${host}${pathname}${search}`, { headers });
    asking.on('error', reject);
    asking.on('upgrade', ({ statusCode: status = 0, headers }, socket) => {
      socket.destroy();
      resolve({ status, headers, body: '' });
    });
    asking.on('response', (response) => {
      const { statusCode: status = 0, headers } = response;
      text(response).then((body) => resolve({ status, headers, body }), reject);
    });
  });
  return within('an answer to the handshake', answered);
}

function withQuery(url: string, query: Record<string, string>): URL {
  const target = new URL(url);
  // What a URL brings along is left as it is spelled.
  for (const [name, value] of Object.entries(query)) target.searchParams.set(name, value);
  return target;
}

/** A client's end of a socket. */
export interface Socket {
  readonly ws: WebSocket;
  /** The header `x-probe` of its handshake. */
  readonly probe: string;
  /** Settles with the code. */
  readonly closed: Promise<number>;
  /** The next frame that came. */
  frame(): Promise<string>;
  send(text: string): void;
  /** Sends a PING. @returns what the PONG carries, when all that was sent before it has come */
  ping(): Promise<string>;
  /** Closes it as a client does. */
  close(code?: number): Promise<number>;
}

/** Opens a WebSocket to `url`. @throws {Differs} when it is refused */
export async function dial(
  url: string,
  { query = {}, headers = {}, ...options }: Asked & Omit<ClientOptions, 'headers'> = {},
  offered: string[] = [],
): Promise<Socket> {
  const probe = mark();
  const ws = new WebSocket(withQuery(url, query), offered, {
    perMessageDeflate: false,
    ...options,
    headers: { 'x-probe': probe, ...headers },
  });
  const frames: string[] = [];
  let wake = () => {};
  ws.on('message', (data) => {
    frames.push(data.toString());
    wake();
  });
  const gone = new Promise<number>((resolve) => ws.once('close', resolve));
  const opened = new Promise<void>((resolve, reject) => {
    ws.once('open', () => resolve());
    // An error with a code is the network's; any other is about what was answered.
    ws.on('error', (error) => reject('code' in error ? error : new Differs(error.message)));
    ws.once('unexpected-response', (request, { statusCode }) => {
      request.destroy();
      reject(new Differs(`the handshake was answered with ${statusCode}`));
    });
  });
  await within('the end of the handshake', opened);
  return {
    ws,
    probe,
    closed: gone,
    async frame() {
      if (frames.length === 0) await within('a frame', new Promise<void>((resolve) => (wake = resolve)));
      return frames.shift() ?? '';
    },
    send: (text) => ws.send(text),
    ping() {
      const answered = new Promise<string>((resolve) => ws.once('pong', (data) => resolve(data.toString())));
      ws.ping('probe');
      return within('the PONG', answered);
    },
    close(code = 1000) {
      ws.close(code);
      return within('the close', gone);
    },
  };
}

/** What `$connect` was told of a handshake. */
export async function connectEvent({ seen }: Stage, { probe }: { probe: string }): Promise<any> {
  const isThis = ({ function: name, event }: { function: string; event: any }) =>
    name === 'connect' && headerOf(event, 'x-probe') === probe;
  return (await seen('the invocation of $connect', isThis)).event;
}

/** A header of an event, whatever the case of its name. */
export function headerOf(event: { headers?: Record<string, string> }, name: string): string | undefined {
  return Object.entries(event.headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];
}

/** Opens a socket of the probes' API, and finds out its connection id. */
export async function connect(
  stage: Stage,
  ...how: Parameters<typeof dial> extends [string, ...infer More] ? More : never
): Promise<Socket & { connectionId: string }> {
  const socket = await dial(stage.gateway, ...how);
  const { requestContext } = await connectEvent(stage, socket);
  return Object.assign(socket, { connectionId: requestContext.connectionId as string });
}

/** What a route's function was told of a connection. */
export function routeEvent(
  { seen }: Stage,
  name: 'message' | 'disconnect',
  connectionId: string,
  where: (event: any) => boolean = () => true,
): ReturnType<Stage['seen']> {
  return seen(
    `the invocation of ${name}`,
    (each) => each.function === name && each.event.requestContext?.connectionId === connectionId && where(each.event),
  );
}
