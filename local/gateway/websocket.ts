import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { Clock } from '../clock.js';
import { deliver, type Faults } from '../faults.js';
import { type HttpRequest, message, type Origin, refuse } from '../http.js';
import type { Lambda } from '../lambda/lambda.js';
import { FunctionError } from '../lambda/pool.js';
import { type Meter, steps } from '../meter.js';
import type { Deployed, StackResources } from '../template/stack-resources.js';
import { readAuthorization } from './authorizer.js';
import { watchFrames } from './frame-limits.js';
import { isWebSocket, requestOf } from './handshake.js';
import { integrate, type Target } from './integration.js';
import { type RouteKey, stageOf, webSocketRoutes } from './routes.js';

/** API Gateway's quotas, which nobody can raise; tests shorten the times. In bytes and milliseconds. */
export const quotas = {
  frame: 32 * 1024,
  message: 128 * 1024,
  idle: 10 * 60_000,
  lifetime: 2 * 60 * 60_000,
  integration: 29_000,
};
export type Quotas = typeof quotas;

/** A message is billed for each 32 KB of it. */
export const messageStep = 32 * 1024;

/** What of a connection is known before its handshake is complete. */
interface Connection {
  connectionId: string;
  connectedAt: number;
  lastActiveAt: number;
  sourceIp: string;
  userAgent: string;
  /** What the authorizer returned. */
  authorizer: Record<string, string>;
}

export interface OpenConnection extends Connection {
  socket: WebSocket;
}

export interface WebSocketApi extends Required<Origin> {
  apiId: string;
  stage: string;
  /** The connections whose handshake is complete, by id. */
  connections: ReadonlyMap<string, OpenConnection>;
  /** Drops every connection, and tells `$disconnect`. */
  close(): Promise<void>;
}

interface IntegrationResult {
  statusCode?: number;
  headers?: Record<string, string>;
}

/** Close codes by what was wrong with a client's frames. */
const violations: Record<string, number> = { WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: 1009, WS_ERR_INVALID_UTF8: 1007 };

/** What the authorizer knows a connection by. */
const whose = ({ authorizer }: Connection): string => Object.values(authorizer).join(' ');

/** A WebSocket API of the template: its authorizer and routes, its quotas and close codes. */
export function startWebSocketApi(
  api: Deployed,
  resources: StackResources,
  options: {
    clock: Clock;
    faults: Faults;
    lambda: Lambda;
    meter: Meter;
    limits: Quotas;
    onError(message: string): void;
  },
): WebSocketApi {
  const { clock, faults, lambda, meter, limits, onError } = options;
  const apiId = api.ref;
  const stage = stageOf(resources, api);
  const { authorizer, identitySource, methodArn, ...routes } = webSocketRoutes(resources, apiId, stage);
  const connections = new Map<string, OpenConnection>();
  /** The subprotocol of a handshake, as the $connect function chose it. */
  const chosen = new WeakMap<IncomingMessage, string>();
  /** Of each connection: settles when `$disconnect` has been told. */
  const farewells = new Set<Promise<unknown>>();
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: limits.message,
    handleProtocols: (_, request) => chosen.get(request) ?? false,
  });

  function contextOf(connection: Connection, routeKey: RouteKey, eventType: string): object {
    const { connectionId, connectedAt, sourceIp, userAgent, authorizer } = connection;
    const now = clock.now();
    return {
      routeKey,
      eventType,
      messageDirection: 'IN',
      extendedRequestId: randomBytes(11).toString('base64'),
      requestId: randomBytes(11).toString('base64'),
      requestTime: new Date(now).toUTCString(),
      requestTimeEpoch: now,
      stage,
      connectedAt,
      connectionId,
      domainName: `${apiId}.execute-api.local`,
      apiId,
      identity: { sourceIp, userAgent },
      authorizer,
    };
  }

  const invoke = (target: Target, event: object) =>
    integrate(target, event, { clock, lambda, limit: limits.integration });

  async function authorize(headers: HttpRequest['headers'], asked: object, connection: Connection) {
    const isIdentified = identitySource.every((source) => {
      const header = source.replace('route.request.header.', '').toLowerCase();
      return headers[header] !== undefined;
    });
    if (!isIdentified) return 401;
    const requestContext = contextOf(connection, '$connect', 'CONNECT');
    try {
      const result = await invoke(authorizer, { type: 'REQUEST', methodArn, ...asked, requestContext });
      return readAuthorization(result, methodArn);
    } catch (error) {
      onError(`authorizer: ${error}`);
      return error instanceof FunctionError && error.errorMessage === 'Unauthorized' ? 401 : 500;
    }
  }

  async function upgrade(handshake: HttpRequest, request: IncomingMessage, socket: Duplex, head: Buffer) {
    const { path, headers, sourceIp } = handshake;
    if (path !== `/${stage}`) return refuse(socket, 403);
    if (!isWebSocket(request)) return refuse(socket, 400);
    let asked: object;
    try {
      asked = requestOf(handshake);
    } catch {
      return refuse(socket, 400);
    }
    const now = clock.now();
    const unknown: Connection = {
      connectionId: `${randomBytes(11).toString('base64url').replaceAll('-', 'A').replaceAll('_', 'B')}=`,
      connectedAt: now,
      lastActiveAt: now,
      sourceIp,
      userAgent: headers['user-agent'] ?? '',
      authorizer: {},
    };
    const authorized = await authorize(headers, asked, unknown);
    if (typeof authorized === 'number') return refuse(socket, authorized);
    const connection = { ...unknown, authorizer: authorized };

    let answer: IntegrationResult;
    try {
      const requestContext = contextOf(connection, '$connect', 'CONNECT');
      const event = { ...asked, requestContext, isBase64Encoded: false };
      answer = ((await invoke(routes.$connect, event)) ?? {}) as IntegrationResult;
    } catch (error) {
      onError(String(error));
      return refuse(socket, 502);
    }
    const { statusCode = 502 } = answer;
    if (statusCode !== 200) return refuse(socket, statusCode);
    if (socket.destroyed) {
      farewell(connection, 1006, '');
      return 499;
    }
    const protocol = Object.entries(answer.headers ?? {}).find(
      ([name]) => name.toLowerCase() === 'sec-websocket-protocol',
    )?.[1];
    if (protocol) chosen.set(request, protocol);
    server.handleUpgrade(request, socket, head, (ws) => open({ ...connection, socket: ws }, socket));
    return 101;
  }

  function open(connection: OpenConnection, raw: Duplex): void {
    const { connectionId, socket } = connection;
    connections.set(connectionId, connection);
    let closing: number | undefined;
    const end = (code: number, reason = '') => {
      closing ??= code;
      socket.close(code, reason);
    };
    watchFrames(raw, limits.frame, () => end(1009));

    let cancelIdle = () => {};
    const watchIdle = () => {
      const left = connection.lastActiveAt + limits.idle - clock.now();
      if (left > 0) cancelIdle = clock.after(left, watchIdle);
      else end(1001, 'Going away');
    };
    watchIdle();
    const cancelLifetime = clock.after(limits.lifetime, () => end(1001, 'Going away'));

    socket.on('message', (data, isBinary) => {
      if (isBinary) return end(1003);
      if (socket.readyState !== socket.OPEN) return;
      if (faults.strike(['restarted'], 'the gateway', `${whose(connection)} ${data}`)) return lose();
      connection.lastActiveAt = clock.now();
      meter.count('API Gateway messages', steps((data as Buffer).length, messageStep));
      void receive(connection, data);
    });
    // The WebSocket server closes with the right code itself, but reports 1006.
    socket.on('error', ({ code = '' }: NodeJS.ErrnoException) => {
      closing ??= violations[code];
    });
    socket.on('close', (code, reason) => {
      cancelIdle();
      cancelLifetime();
      meter.count('API Gateway connection minutes', steps(clock.now() - connection.connectedAt, 60_000));
      if (connections.delete(connectionId)) farewell(connection, closing ?? code, reason.toString());
    });
  }

  /** `$disconnect` is told as well as can be. */
  function farewell(connection: Connection, disconnectStatusCode: number, disconnectReason: string): void {
    if (faults.strike(['withheld'], '$disconnect', whose(connection))) return;
    const told = new Promise<unknown>((resolve) => {
      deliver(options, '$disconnect', whose(connection), () =>
        resolve(tell('$disconnect', connection, { disconnectStatusCode, disconnectReason })),
      );
    });
    farewells.add(told);
    void told.then(() => farewells.delete(told));
  }

  /** Every connection is gone, and nobody is told, as when the host that had them ends. */
  function lose(): void {
    const lost = [...connections.values()];
    connections.clear();
    for (const { socket } of lost) socket.terminate();
  }

  /** Messages of one connection are not waited for: two may be in two environments at once. */
  async function receive(connection: OpenConnection, data: RawData): Promise<void> {
    if (await tell('$default', connection, { messageId: randomUUID() }, data.toString())) return;
    // What a charge point then receives is not OCPP.
    const { connectionId, socket } = connection;
    socket.send(JSON.stringify({ message: 'Internal server error', connectionId, requestId: randomUUID() }));
  }

  /** @returns whether the route's function took it */
  async function tell(
    routeKey: '$default' | '$disconnect',
    connection: Connection,
    more: object,
    body?: string,
  ): Promise<boolean> {
    const eventType = routeKey === '$default' ? 'MESSAGE' : 'DISCONNECT';
    const requestContext = { ...contextOf(connection, routeKey, eventType), ...more };
    try {
      await invoke(routes[routeKey], { requestContext, ...(body !== undefined && { body }), isBase64Encoded: false });
      return true;
    } catch (error) {
      onError(String(error));
      return false;
    }
  }

  return {
    apiId,
    stage,
    connections,
    handle: async () => message(403, 'Forbidden'),
    upgrade,
    async close() {
      server.close();
      const closed = [...connections.values()].map(
        ({ socket }) => new Promise((resolve) => socket.once('close', resolve)),
      );
      for (const { socket } of connections.values()) socket.terminate();
      await Promise.all(closed);
      await Promise.all(farewells);
    },
  };
}
