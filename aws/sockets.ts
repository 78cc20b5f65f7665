import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { StandardRetryStrategy } from '@smithy/core/retry';
import { SocketGone, type Sockets } from '../csms/connections/ports.js';
import { clientOptions } from './clients.js';

const gateway = new ApiGatewayManagementApiClient(clientOptions);

/** A request that was throttled did nothing; any other that failed may have. */
class OnlyWhenThrottled extends StandardRetryStrategy {
  override async refreshRetryTokenForRetry(
    ...[token, why]: Parameters<StandardRetryStrategy['refreshRetryTokenForRetry']>
  ) {
    if (why.errorType !== 'THROTTLING') throw new Error('It may have been done.');
    return super.refreshRetryTokenForRetry(token, why);
  }
}
const gatewayOnce = new ApiGatewayManagementApiClient({
  ...clientOptions,
  retryStrategy: new OnlyWhenThrottled(clientOptions.maxAttempts),
});

/** The stage's `@connections`. Their URL is the function's `AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI`. */
export const gatewaySockets: Sockets = {
  post: (connectionId, text) => postBy(gateway, connectionId, text),
  postOnce: (connectionId, text) => postBy(gatewayOnce, connectionId, text),

  async exists(ConnectionId) {
    return unlessGone(gateway.send(new GetConnectionCommand({ ConnectionId })));
  },

  async close(ConnectionId) {
    await unlessGone(gateway.send(new DeleteConnectionCommand({ ConnectionId })));
  },
};

async function postBy(client: ApiGatewayManagementApiClient, ConnectionId: string, Data: string): Promise<void> {
  try {
    await client.send(new PostToConnectionCommand({ ConnectionId, Data }));
  } catch (error) {
    if (error instanceof GoneException) throw new SocketGone(ConnectionId, error);
    throw error;
  }
}

async function unlessGone(request: Promise<unknown>): Promise<boolean> {
  try {
    await request;
    return true;
  } catch (error) {
    if (error instanceof GoneException) return false;
    throw error;
  }
}
