import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { Clock } from '../clock.js';
import type { Lambda } from '../lambda/lambda.js';
import type { Deployed, StackResources } from '../template/stack-resources.js';
import { watchFrames } from './frame-limits.js';

/** API Gateway's quotas, which nobody can raise; tests shorten the times. In bytes and milliseconds. */
export const quotas = { frame: 32 * 1024, message: 128 * 1024, idle: 10 * 60_000, lifetime: 2 * 60 * 60_000 };
export type Quotas = typeof quotas;

/** A handshake as it leaves the edge. */
export interface Handshake {
  /** `/<stage>`; nothing else is routed. */
  path: string;
  /** Decoded. */
  query: Record<string, string>;
  headers: IncomingHttpHeaders;
  sourceIp: string;
}

export interface OpenConnection {
  connectionId: string;
  socket: WebSocket;
  connectedAt: number;
  lastActiveAt: number;
  sourceIp: string;
  userAgent: string;
  authorizer: Record<string, unknown>;
}

export interface WebSocketApi {
  apiId: string;
  stage: string;
  /** The connections whose handshake is complete, by id. */
  connections: ReadonlyMap<string, OpenConnection>;
  /** Completes the handshake, or refuses it. @returns the status that the client sees */
  upgrade(handshake: Handshake, request: IncomingMessage, socket: Duplex, head: Buffer): Promise<number>;
  /** Drops every connection, and tells `$disconnect`. */
  close(): Promise<void>;
}

const principal = 'apigateway.amazonaws.com';

/** Close codes by what was wrong with a client's frames. */
const violations: Record<string, number> = { WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: 1009, WS_ERR_INVALID_UTF8: 1007 };

/** A WebSocket API of the template: its authorizer and routes, its quotas and close codes. */
export function startWebSocketApi(
  resources: StackResources,
  { clock, lambda, limits, onError }: { clock: Clock; lambda: Lambda; limits: Quotas; onError(message: string): void },
): WebSocketApi {
  const api = resources.only('AWS::ApiGatewayV2::Api');
  const stage = resources.only('AWS::ApiGatewayV2::Stage').properties.StageName as string;
  const routes = routesOf(resources);
  const connections = new Map<string, OpenConnection>();
  // A handshake's choice of subprotocol is made by the $connect function, and passed on here.
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: limits.message,
    handleProtocols: (_, request) => chosen.get(request) ?? false,
  });
  /** Of each connection: settles when `$disconnect` has been told. */
  const farewells = new Set<Promise<void>>();
  const chosen = new WeakMap<IncomingMessage, string>();

  function contextOf(connection: Omit<OpenConnection, 'socket'>, routeKey: string, eventType: string): object {
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
      domainName: `${api.ref}.execute-api.local`,
      apiId: api.ref,
      identity: { sourceIp, userAgent },
      authorizer,
    };
  }

  async function authorize(
    handshake: Handshake,
    connection: Omit<OpenConnection, 'socket'>,
  ): Promise<Record<string, unknown> | 401 | 403 | 500> {
    const { authorizerArn, identitySource } = routes.authorizer;
    const isIdentified = identitySource.every((source) => {
      const header = source.replace('route.request.header.', '').toLowerCase();
      return handshake.headers[header] !== undefined;
    });
    if (!isIdentified) return 401;
    const event = {
      type: 'REQUEST',
      methodArn: `${routes.methodArnPrefix}/${stage}/$connect`,
      ...requestOf(handshake),
      requestContext: contextOf(connection, '$connect', 'CONNECT'),
    };
    try {
      const result = (await lambda.invoke(authorizerArn, event, { principal })) as AuthorizerResult;
      if (Buffer.byteLength(JSON.stringify(result)) > 8192)
        throw new Error('the authorizer result is larger than 8 KB');
      const isAllowed = result.policyDocument.Statement.every(({ Effect }) => Effect === 'Allow');
      return isAllowed ? { ...result.context, principalId: result.principalId } : 403;
    } catch (error) {
      onError(String(error));
      return (error as Error).message.endsWith('Unauthorized') ? 401 : 500;
    }
  }

  async function upgrade(
    handshake: Handshake,
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
  ): Promise<number> {
    if (handshake.path !== `/${stage}`) return refuse(socket, 403);
    const { sourceIp, headers } = handshake;
    const now = clock.now();
    const connection = {
      connectionId: `${randomBytes(11).toString('base64url').replaceAll('-', 'A').replaceAll('_', 'B')}=`,
      connectedAt: now,
      lastActiveAt: now,
      sourceIp,
      userAgent: headers['user-agent'] ?? '',
      authorizer: {},
    };
    const authorizer = await authorize(handshake, connection);
    if (typeof authorizer === 'number') return refuse(socket, authorizer);

    let answer: IntegrationResult;
    try {
      const event = {
        ...requestOf(handshake),
        requestContext: contextOf({ ...connection, authorizer }, '$connect', 'CONNECT'),
        isBase64Encoded: false,
      };
      answer = (await lambda.invoke(routes.integration('$connect'), event, { principal })) as IntegrationResult;
    } catch (error) {
      onError(String(error));
      return refuse(socket, 502);
    }
    if (answer?.statusCode !== 200) return refuse(socket, answer?.statusCode ?? 502);
    if (socket.destroyed) {
      void tell('$disconnect', { ...connection, authorizer }, { disconnectStatusCode: 1006, disconnectReason: '' });
      return 499;
    }

    const protocol = Object.entries(answer.headers ?? {}).find(
      ([name]) => name.toLowerCase() === 'sec-websocket-protocol',
    )?.[1];
    if (protocol) chosen.set(request, protocol);
    server.handleUpgrade(request, socket, head, (ws) => {
      open({ ...connection, authorizer, socket: ws }, socket);
    });
    return 101;
  }

  function open(connection: OpenConnection, raw: Duplex): void {
    const { connectionId, socket } = connection;
    connections.set(connectionId, connection);
    watchFrames(raw, limits.frame, () => socket.close(1009));

    let cancelIdle = () => {};
    const watchIdle = () => {
      cancelIdle();
      const left = connection.lastActiveAt + limits.idle - clock.now();
      cancelIdle = left <= 0 ? (socket.close(1001, 'Going away'), () => {}) : clock.after(left, watchIdle);
    };
    watchIdle();
    const cancelLifetime = clock.after(limits.lifetime, () => socket.close(1001, 'Going away'));

    socket.on('message', (data, isBinary) => {
      if (isBinary) return socket.close(1003);
      if (socket.readyState !== socket.OPEN) return;
      connection.lastActiveAt = clock.now();
      void receive(connection, data);
    });
    // The WebSocket server closes with the right code itself, but reports 1006.
    let violation: number | undefined;
    socket.on('error', ({ code = '' }: NodeJS.ErrnoException) => {
      violation = violations[code];
    });
    const farewell = new Promise<void>((resolve) => {
      socket.on('close', (code, reason) => {
        cancelIdle();
        cancelLifetime();
        connections.delete(connectionId);
        const told = tell('$disconnect', connection, {
          disconnectStatusCode: violation ?? code,
          disconnectReason: reason.toString(),
        });
        void told.then(() => {
          farewells.delete(farewell);
          resolve();
        });
      });
    });
    farewells.add(farewell);
  }

  /** Messages of one connection are not waited for: two may be in two environments at once. */
  async function receive(connection: OpenConnection, data: RawData): Promise<void> {
    const failed = await tell('$default', connection, { messageId: randomUUID() }, data.toString());
    if (!failed) return;
    // What a charge point then receives is not OCPP.
    const { connectionId, socket } = connection;
    socket.send(JSON.stringify({ message: 'Internal server error', connectionId, requestId: randomUUID() }));
  }

  async function tell(
    routeKey: '$default' | '$disconnect',
    connection: Omit<OpenConnection, 'socket'>,
    more: object,
    body?: string,
  ): Promise<boolean> {
    const eventType = routeKey === '$default' ? 'MESSAGE' : 'DISCONNECT';
    const requestContext = { ...contextOf(connection, routeKey, eventType), ...more };
    try {
      const event = { requestContext, ...(body !== undefined && { body }), isBase64Encoded: false };
      await lambda.invoke(routes.integration(routeKey), event, { principal });
      return false;
    } catch (error) {
      onError(String(error));
      return true;
    }
  }

  return {
    apiId: api.ref,
    stage,
    connections,
    upgrade,
    async close() {
      for (const { socket } of connections.values()) socket.terminate();
      await Promise.all(farewells);
      server.close();
    },
  };
}

interface AuthorizerResult {
  principalId: string;
  policyDocument: { Statement: { Effect: 'Allow' | 'Deny' }[] };
  context?: Record<string, string | number | boolean>;
}
interface IntegrationResult {
  statusCode?: number;
  headers?: Record<string, string>;
}

function requestOf({ headers, query }: Handshake): object {
  return { headers, queryStringParameters: Object.keys(query).length > 0 ? query : null };
}

/** Follows routes to their integrations and functions. */
function routesOf(resources: StackResources) {
  const byRef = (type: string, ref: string): Deployed => {
    const found = resources.ofType(type).find((resource) => resource.ref === ref);
    if (!found) throw new Error(`A route names the unknown ${type} ${ref}.`);
    return found;
  };
  const functionOf = (uri: string): string => {
    const arn = /\/functions\/(.+)\/invocations$/.exec(uri)?.[1];
    if (!arn) throw new Error(`The integration ${uri} is not a function's.`);
    return arn;
  };
  const route = (key: string): Deployed => {
    const found = resources.ofType('AWS::ApiGatewayV2::Route').find(({ properties }) => properties.RouteKey === key);
    if (!found) throw new Error(`The template has no route ${key}.`);
    return found;
  };
  const integration = (key: string): string => {
    const target = (route(key).properties.Target as string).replace('integrations/', '');
    return functionOf(byRef('AWS::ApiGatewayV2::Integration', target).properties.IntegrationUri as string);
  };
  const { properties } = byRef('AWS::ApiGatewayV2::Authorizer', route('$connect').properties.AuthorizerId as string);
  const authorizerArn = functionOf(properties.AuthorizerUri as string);
  return {
    integration,
    authorizer: { authorizerArn, identitySource: (properties.IdentitySource as string[] | undefined) ?? [] },
    methodArnPrefix: authorizerArn.replace(/:lambda:(.+):function:.*/, ':execute-api:$1:api'),
  };
}

const reasons: Record<number, string> = { 400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found' };

/** Answers a handshake with a status instead. */
export function refuse(socket: Duplex, status: number): number {
  const reason = reasons[status] ?? 'Error';
  const body = JSON.stringify({ message: reason });
  const headers = `content-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close`;
  socket.end(`HTTP/1.1 ${status} ${reason}\r\n${headers}\r\n\r\n${body}`);
  return status;
}
