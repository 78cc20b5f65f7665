import { arnOf, type Region } from '../arn.js';
import type { Clock } from '../clock.js';
import { type Meter, steps } from '../meter.js';
import { decoded } from '../request.js';
import { AwsError, type AwsResponse, type Handler, notImplemented } from '../service.js';
import { messageStep, type OpenConnection, type WebSocketApi } from './websocket.js';

/** API Gateway tells a connection that is gone from an id that can't be one. */
const connectionId = /^[A-Za-z0-9+/_-]{8,}={0,2}$/;
const largestMessage = 128 * 1024;

/** `@connections` of the WebSocket APIs: `/{apiId}/{stage}/@connections/{id}`. */
export function connectionsService({
  webSocketApis,
  clock,
  meter,
  ...place
}: { webSocketApis: readonly WebSocketApi[]; clock: Clock; meter: Meter } & Region): Handler {
  function connectionOf(path: string): OpenConnection {
    const [, apiId, stage, encodedId] = /^\/([^/]+)\/([^/]+)\/(?:@|%40)connections\/([^/]+)$/.exec(path) ?? [];
    const api = webSocketApis.find((candidate) => candidate.apiId === apiId && candidate.stage === stage);
    if (!api || !encodedId) throw new AwsError('ForbiddenException', 'Forbidden', 403);
    const id = decoded(encodedId);
    if (!connectionId.test(id)) throw new AwsError('BadRequestException', `Invalid connectionId: ${id}`);
    const connection = api.connections.get(id);
    if (!connection || connection.socket.readyState !== connection.socket.OPEN) {
      throw new AwsError('GoneException', 'The connection is gone.', 410);
    }
    return connection;
  }

  const operations: Record<string, (connection: OpenConnection, body: Buffer) => AwsResponse> = {
    POST(connection, body) {
      if (body.length > largestMessage) throw new AwsError('PayloadTooLargeException', 'Message too long', 413);
      connection.lastActiveAt = clock.now();
      meter.count('API Gateway messages', steps(body.length, messageStep));
      connection.socket.send(body.toString());
      return { status: 200 };
    },
    GET({ connectedAt, lastActiveAt, sourceIp, userAgent }) {
      const times = {
        connectedAt: new Date(connectedAt).toISOString(),
        lastActiveAt: new Date(lastActiveAt).toISOString(),
      };
      return { status: 200, body: { ...times, identity: { sourceIp, userAgent } } };
    },
    DELETE({ socket }) {
      // The caller chooses neither code nor reason.
      socket.close(1000);
      return { status: 204 };
    },
  };

  return {
    read({ method, path, body }) {
      const operate = operations[method];
      if (!operate) throw notImplemented(`${method} @connections`);
      const resource = decoded(path.slice(1)).replace('/@connections', `/${method}/@connections`);
      return {
        needs: { action: 'execute-api:ManageConnections', resource: arnOf(place, 'execute-api', resource) },
        answer: () => operate(connectionOf(path), body),
      };
    },
  };
}
