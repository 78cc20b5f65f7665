import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Clock } from './clock.js';
import { CutOff } from './faulty-calls.js';
import { refuse } from './gateway/handshake.js';
import { AwsError, type AwsRequest, type AwsResponse, type Handler, notImplemented } from './service.js';

/** Where every SDK client of the embedded AWS connects: `http://…/<service>/…`. */
export interface Endpoint {
  readonly url: string;
  /** @returns what takes it away again */
  add(name: string, service: Handler): () => void;
  /** Whoever asks for a WebSocket at `path` is for `upgrade`. */
  addWebSockets(path: string, upgrade: Upgrade): void;
  close(): Promise<void>;
}

type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Looks at a request before its service does. @throws {AwsError} when it is refused */
type Check = (service: string, request: AwsRequest) => void;

/** Opens the endpoint on 127.0.0.1. @throws when the port is taken; 0 takes a free one */
export async function openEndpoint(port: number, clock: Pick<Clock, 'now'>, check: Check): Promise<Endpoint> {
  const services = new Map<string, Handler>();
  const upgrades = new Map<string, Upgrade>();

  async function answer(request: IncomingMessage): Promise<AwsResponse> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const [, name = '', path = ''] = /^\/([^/]*)(.*)$/.exec(url.pathname) ?? [];
    const service = services.get(name);
    const { caller, service: signedFor } = credentialOf(request);
    if (!service) throw notImplemented(`service ${signedFor || name}`);
    const received: AwsRequest = {
      method: request.method ?? 'GET',
      path: path || '/',
      query: url.searchParams,
      headers: request.headers as AwsRequest['headers'],
      body: await buffer(request),
      caller,
    };
    check(name, received);
    return service.handle(received);
  }

  const server = createServer((request, response) => {
    // SDK clients correct their clocks by it, and repeat what failed while theirs was wrong.
    response.setHeader('date', new Date(clock.now()).toUTCString());
    answer(request).then(
      (answered) => send(response, answered),
      (error) => (error instanceof CutOff ? response.destroy() : send(response, errorResponse(error))),
    );
  });
  server.on('upgrade', (request, socket, head) => {
    const upgrade = upgrades.get((request.url ?? '').split('?')[0] ?? '');
    if (upgrade) upgrade(request, socket, head);
    else refuse(socket, 404);
  });
  server.keepAliveTimeout = 60_000;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    add(name, service) {
      services.set(name, service);
      return () => services.delete(name);
    },
    addWebSockets(path, upgrade) {
      upgrades.set(path, upgrade);
    },
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** `Credential=<access key id>/<date>/<region>/<service>/…`. A function signs with its own name; everybody else is a user. */
function credentialOf({ headers }: IncomingMessage): { caller: string; service: string } {
  const [caller = 'user', , , service = ''] =
    /Credential=([^,]+)/.exec(headers.authorization ?? '')?.[1]?.split('/') ?? [];
  return { caller, service };
}

/** SDK clients take the exception's name from the header, or in the JSON protocols from `__type`. */
function errorResponse(error: unknown): AwsResponse {
  const { code, status, message } =
    error instanceof AwsError ? error : new AwsError('InternalFailure', String((error as Error)?.stack ?? error), 500);
  return { status, headers: { 'x-amzn-errortype': code }, body: { __type: code, message } };
}

function send(response: ServerResponse, { status, headers = {}, body = '' }: AwsResponse): void {
  const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
  response.writeHead(status, { ...(!isRaw && { 'content-type': 'application/json' }), ...headers });
  response.end(isRaw ? body : JSON.stringify(body));
}
