import { once } from 'node:events';
import { createServer, type IncomingMessage, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { isLike } from './arn.js';
import type { Behaviour, Routed } from './edge-behaviours.js';
import { type HttpResponse, message, refuse } from './http.js';

/** What charge points dial and operators ask: the template's CloudFront distribution, without TLS. It is where files are, too. */
export interface Edge {
  readonly port: number;
  /** Requests go where the first behaviour of their path says; before there are any, they are answered 503. */
  serve(behaviours: Behaviour[]): void;
  close(): Promise<void>;
}

export interface EdgeOptions {
  host: string;
  /** 0 takes a free one. */
  port: number;
  /** A handshake was answered. `identity` is the last segment of its path, as it was sent. */
  onHandshake?(handshake: { identity: string; status: number }): void;
  onError?(message: string): void;
}

/** @throws when the port is taken */
export async function openEdge(options: EdgeOptions): Promise<Edge> {
  const { host, port, onHandshake = () => {}, onError = () => {} } = options;
  let behaviours: Behaviour[] = [];

  /** Where a request goes, or the status that is answered instead. */
  function follow(request: IncomingMessage): Routed | number {
    try {
      const url = `http://edge${request.url}`;
      if (!URL.canParse(url)) return 400;
      const { pathname } = new URL(url);
      return behaviours.find(({ pattern }) => isLike(pattern, pathname))?.route(request, new URL(url)) ?? 503;
    } catch (error) {
      // A path or query string that is no percent-encoding.
      if (error instanceof URIError) return 400;
      onError(`edge: ${error}`);
      return 503;
    }
  }

  async function answer(incoming: IncomingMessage): Promise<HttpResponse> {
    const routed = follow(incoming);
    if (typeof routed === 'number') return message(routed, STATUS_CODES[routed] ?? 'Error');
    return routed.origin.handle({ ...routed.request, body: await buffer(incoming) });
  }

  const server = createServer((request, response) => {
    answer(request).then(
      ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      (error) => {
        // Whoever went away before his request was there knows.
        if (!request.errored) onError(`edge: ${error}`);
        response.destroy();
      },
    );
  });
  server.on('upgrade', async (incoming, socket, head) => {
    socket.on('error', () => socket.destroy());
    const routed = follow(incoming);
    const status =
      typeof routed === 'number'
        ? refuse(socket, routed)
        : await (routed.origin.upgrade?.(routed.request, incoming, socket, head) ?? refuse(socket, 403));
    onHandshake({ identity: (incoming.url ?? '').split('?')[0]?.split('/').filter(Boolean).pop() ?? '', status });
  });
  server.listen(port, host);
  await once(server, 'listening');

  return {
    port: (server.address() as AddressInfo).port,
    serve(served) {
      behaviours = served;
    },
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
