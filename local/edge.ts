import { once } from 'node:events';
import { createServer, type IncomingMessage, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Clock } from './clock.js';
import { type Behaviour, behavioursOf, type Origins, type Routed } from './edge-behaviours.js';
import { type HttpRequest, type HttpResponse, message, refuse } from './http.js';
import type { StackResources } from './template/stack-resources.js';

/** What charge points dial and operators ask: the template's CloudFront distribution, without TLS. It is where files are, too. */
export interface Edge {
  readonly port: number;
  /** From now on requests go through the functions of this distribution, if the template has one, to these origins. */
  serve(resources: StackResources, origins: Origins, clock: Pick<Clock, 'now'>): void;
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
  let served: { behaviours: Behaviour[]; origins: Origins } | undefined;

  /** Where a request goes, or the status that is answered instead. */
  function follow(request: IncomingMessage): Routed | number {
    try {
      const url = `http://edge${request.url}`;
      if (!served) return 503;
      if (!URL.canParse(url)) return 400;
      const { pathname } = new URL(url);
      const behaviour = served.behaviours.find(({ pattern }) => pattern.test(pathname));
      return behaviour?.route(request, new URL(url)) ?? 503;
    } catch (error) {
      // A path or query string that is no percent-encoding.
      if (error instanceof URIError) return 400;
      onError(`edge: ${error}`);
      return 503;
    }
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

  async function answer(request: IncomingMessage): Promise<HttpResponse> {
    const routed = follow(request);
    if (typeof routed === 'number') return message(routed, STATUS_CODES[routed] ?? 'Error');
    const { origin, signedFor, path, headers, rawQuery, sourceIp, method } = routed;
    const received = { method, path, query: rawQuery, headers, sourceIp, body: await buffer(request) };
    if (signedFor) return fromBucket(origin, signedFor, received);
    const api = served?.origins.http.find(({ apiId }) => apiId === origin);
    // As the WebSocket API answers whoever does not ask for a WebSocket.
    return api ? api.handle(received) : message(403, 'Forbidden');
  }

  async function fromBucket(bucket: string, sourceArn: string, received: HttpRequest): Promise<HttpResponse> {
    if (!served) return message(503, 'Service Unavailable');
    const { path, query } = received;
    const principal = { service: 'cloudfront.amazonaws.com', sourceArn };
    const request = { ...received, path: `/${bucket}${path}`, query: new URLSearchParams(query) };
    const { status, headers = {}, body = '' } = await served.origins.s3.serve(principal, request);
    return { status, headers, body: body as string | Buffer };
  }

  server.on('upgrade', async (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const routed = follow(request);
    const isRefused = typeof routed === 'number' || routed.origin !== served?.origins.webSocket.apiId;
    const status =
      isRefused || !served
        ? refuse(socket, typeof routed === 'number' ? routed : 403)
        : await served.origins.webSocket.upgrade(routed as Routed, request, socket, head);
    onHandshake({ identity: (request.url ?? '').split('?')[0]?.split('/').filter(Boolean).pop() ?? '', status });
  });
  server.listen(port, host);
  await once(server, 'listening');

  return {
    port: (server.address() as AddressInfo).port,
    serve(resources, origins, clock) {
      served = { behaviours: behavioursOf(resources, origins, clock), origins };
    },
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
