import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { SocketGone, type Sockets } from '../csms/connections/ports.js';
import { clientOptions } from './clients.js';

const gateway = new ApiGatewayManagementApiClient(clientOptions);

/** The stage's `@connections`. Their URL is the function's `AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI`. */
export const gatewaySockets: Sockets = {
  async post(ConnectionId, text) {
    try {
      await gateway.send(new PostToConnectionCommand({ ConnectionId, Data: text }));
    } catch (error) {
      if (error instanceof GoneException) throw new SocketGone(ConnectionId, error);
      throw error;
    }
  },

  async exists(ConnectionId) {
    return unlessGone(gateway.send(new GetConnectionCommand({ ConnectionId })));
  },

  async close(ConnectionId) {
    await unlessGone(gateway.send(new DeleteConnectionCommand({ ConnectionId })));
  },
};

async function unlessGone(request: Promise<unknown>): Promise<boolean> {
  try {
    await request;
    return true;
  } catch (error) {
    if (error instanceof GoneException) return false;
    throw error;
  }
}
