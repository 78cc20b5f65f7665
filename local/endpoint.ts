import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AwsError, type AwsRequest, type AwsResponse, notImplemented, type Service } from './service.js';

/** Where every SDK client of the embedded AWS connects: `http://…/<service>/…`. */
export interface Endpoint {
  readonly url: string;
  add(name: string, service: Pick<Service, 'handle'>): void;
  close(): Promise<void>;
}

/** Opens the endpoint on 127.0.0.1. @throws when the port is taken; 0 takes a free one */
export async function openEndpoint(port: number): Promise<Endpoint> {
  const services = new Map<string, Pick<Service, 'handle'>>();

  async function answer(request: IncomingMessage): Promise<AwsResponse> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const [, name = '', path = ''] = /^\/([^/]*)(.*)$/.exec(url.pathname) ?? [];
    const service = services.get(name);
    if (!service) throw notImplemented(`service ${name}`);
    return service.handle({
      method: request.method ?? 'GET',
      path: path || '/',
      query: url.searchParams,
      headers: request.headers as AwsRequest['headers'],
      body: await bodyOf(request),
      caller: callerOf(request),
    });
  }

  const server = createServer((request, response) => {
    answer(request).then(
      (answered) => send(response, answered),
      (error) => send(response, errorResponse(error)),
    );
  });
  server.keepAliveTimeout = 60_000;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    add(name, service) {
      services.set(name, service);
    },
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A function signs with its own name as access key id; everybody else is a user. */
function callerOf({ headers }: IncomingMessage): string {
  return /Credential=([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? 'user';
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
