import { WebSocket } from 'ws';
import type { Protocol } from '../protocols.js';
import { HandshakeRefused, NoCommonProtocol, Unreachable } from './errors.js';

export interface Endpoint {
  /** Where charge points connect, without the identity: `wss://host/any/prefix`. */
  url: string;
  identity: string;
  protocol: Protocol;
  /** Basic auth password. A string travels as UTF-8; give a Buffer for the raw bytes of a 1.6 AuthorizationKey. */
  password?: string | Buffer;
}

export interface Connection {
  socket: WebSocket;
  /** Resolves when the socket is gone; never rejects. 1006: without a close frame. */
  closed: Promise<{ code: number; reason: string }>;
}

const handshakeTimeout = 30_000;

/** The identity is the last path segment, percent-encoded; a prefix and a query of `url` are kept. */
export function chargePointUrl(url: string, identity: string): string {
  const address = new URL(url);
  address.pathname = `${address.pathname.replace(/\/+$/, '')}/${encodeURIComponent(identity)}`;
  address.hash = '';
  return address.href;
}

/**
 * Opens one WebSocket as that charge point.
 * @throws {HandshakeRefused | NoCommonProtocol | Unreachable}
 */
export function openSocket(
  endpoint: Endpoint,
  received: (socket: WebSocket, text: string) => void,
  signal: AbortSignal,
): Promise<Connection> {
  signal.throwIfAborted();
  const url = chargePointUrl(endpoint.url, endpoint.identity);
  const socket = new WebSocket(url, endpoint.protocol, {
    headers: authorization(endpoint),
    handshakeTimeout,
    perMessageDeflate: false,
  });
  // Before `open`: a frame may come in the same packet as the end of the handshake.
  socket.on('message', (data) => received(socket, data.toString()));
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  return new Promise((resolve, reject) => {
    const stop = () => socket.terminate();
    signal.addEventListener('abort', stop, { once: true });
    const settled = () => signal.removeEventListener('abort', stop);
    socket.once('open', () => {
      settled();
      resolve({ socket, closed });
    });
    socket.once('unexpected-response', (_request, response) => {
      reject(new HandshakeRefused(url, response.statusCode ?? 0));
      socket.terminate();
    });
    // An error of an open socket changes nothing here: `close` follows it.
    socket.on('error', (error) => {
      settled();
      const protocolMissing = /^Server sent (no|an invalid) subprotocol/.test(error.message);
      reject(protocolMissing ? new NoCommonProtocol(url, endpoint.protocol, error) : new Unreachable(url, error));
    });
  });
}

function authorization({ identity, password }: Endpoint): Record<string, string> {
  if (password === undefined) return {};
  const credentials = Buffer.concat([Buffer.from(`${identity}:`), Buffer.from(password)]);
  return { authorization: `Basic ${credentials.toString('base64')}` };
}
