import type { Clock } from '../clock.js';
import { type Meter, steps } from '../meter.js';
import { decoded } from '../request.js';
import type { AwsRequest, AwsResponse, Handler } from '../service.js';
import { AwsError, notImplemented } from '../service.js';
import { messageStep, type WebSocketApi } from './websocket.js';

/** API Gateway tells a connection that is gone from an id that can't be one. */
const connectionId = /^[A-Za-z0-9+/_-]{8,}={0,2}$/;
const largestMessage = 128 * 1024;

/** `@connections` of the WebSocket APIs: `/{apiId}/{stage}/@connections/{id}`. */
export function connectionsService(apis: readonly WebSocketApi[], clock: Clock, meter: Meter): Handler {
  return {
    async handle({ method, path, body }: AwsRequest): Promise<AwsResponse> {
      const [, apiId, stage, encodedId] = /^\/([^/]+)\/([^/]+)\/(?:@|%40)connections\/([^/]+)$/.exec(path) ?? [];
      const api = apis.find((candidate) => candidate.apiId === apiId && candidate.stage === stage);
      if (!api || !encodedId) throw new AwsError('ForbiddenException', 'Forbidden', 403);
      const id = decoded(encodedId);
      if (!connectionId.test(id)) throw new AwsError('BadRequestException', `Invalid connectionId: ${id}`);
      const connection = api.connections.get(id);
      if (!connection || connection.socket.readyState !== connection.socket.OPEN) {
        throw new AwsError('GoneException', 'The connection is gone.', 410);
      }

      const { socket, connectedAt, lastActiveAt, sourceIp, userAgent } = connection;
      switch (method) {
        case 'POST':
          if (body.length > largestMessage) throw new AwsError('PayloadTooLargeException', 'Message too long', 413);
          connection.lastActiveAt = clock.now();
          meter.count('API Gateway messages', steps(body.length, messageStep));
          socket.send(body.toString());
          return { status: 200 };
        case 'GET': {
          const times = {
            connectedAt: new Date(connectedAt).toISOString(),
            lastActiveAt: new Date(lastActiveAt).toISOString(),
          };
          return { status: 200, body: { ...times, identity: { sourceIp, userAgent } } };
        }
        case 'DELETE':
          // The caller chooses neither code nor reason.
          socket.close(1000);
          return { status: 204 };
        default:
          throw notImplemented(`${method} @connections`);
      }
    },
  };
}
