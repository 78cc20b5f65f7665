import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { AccountClock } from './clock.js';
import { CutOff, type Faults, noFaults } from './faults.js';
import { refuse } from './http.js';
import type { Permission } from './iam.js';
import { type AwsError, type AwsResponse, asAwsError, type Handler, notImplemented } from './service.js';

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

export interface EndpointOptions {
  /** On 127.0.0.1; 0 takes a free one. */
  port: number;
  clock: Pick<AccountClock, 'now' | 'during'>;
  /** @throws {AwsError} when the caller may not; without it everybody may do everything */
  authorize?(caller: string, permission: Permission): void;
  /** What goes wrong on purpose; without it nothing does. */
  call?: Faults['call'];
}

/** @throws when the port is taken */
export async function openEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const { port, clock, authorize = () => {}, call: perform = noFaults.call } = options;
  const services = new Map<string, Handler>();
  const upgrades = new Map<string, Upgrade>();

  async function answer(incoming: IncomingMessage): Promise<AwsResponse> {
    // As it was sent: a URL would tidy up `..`, which may be part of a key.
    const [, name = '', path = '', query = ''] = /^\/([^/?]*)([^?]*)\??(.*)$/s.exec(incoming.url ?? '') ?? [];
    const service = services.get(name);
    const { caller, service: signedFor } = credentialOf(incoming);
    try {
      if (!service) throw notImplemented(`service ${signedFor || name}`);
      const request = {
        method: incoming.method ?? 'GET',
        path: path || '/',
        query: new URLSearchParams(query),
        headers: incoming.headers as Record<string, string>,
        body: await buffer(incoming),
        caller,
        authorize: (permission: Permission) => authorize(caller, permission),
      };
      const call = service.read(request);
      if (call.needs) request.authorize(call.needs);
      return await clock.during(perform(name, request, call));
    } catch (error) {
      if (error instanceof CutOff) throw error;
      return (service?.told ?? inJson)(asAwsError(error));
    }
  }

  const server = createServer((request, response) => {
    // SDK clients correct their clocks by it, and repeat what failed while theirs was wrong.
    response.setHeader('date', new Date(clock.now()).toUTCString());
    answer(request).then(
      (answered) => send(response, answered),
      () => response.destroy(),
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
function inJson({ code, status, message }: AwsError): AwsResponse {
  return { status, headers: { 'x-amzn-errortype': code }, body: { __type: code, message } };
}

/** Node.js adds the length, and sends no body where there is none: to HEAD, and with 204. */
function send(response: ServerResponse, { status, headers = {}, body = '' }: AwsResponse): void {
  const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
  response.statusCode = status;
  response.setHeaders(new Map(Object.entries({ ...(!isRaw && { 'content-type': 'application/json' }), ...headers })));
  response.end(isRaw ? body : JSON.stringify(body));
}
