import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import type { APIGatewayProxyEventQueryStringParameters, APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import { obey } from './obey.js';
import { see } from './see.js';

const connections = new ApiGatewayManagementApiClient({});

type ConnectEvent = APIGatewayProxyWebsocketEventV2 & {
  queryStringParameters: APIGatewayProxyEventQueryStringParameters | null;
};

/**
 * `$connect`. `?status=` and `?protocol=` say what it answers; with `?self=1` it asks `@connections` for the connection
 * whose handshake it is answering, and says how that ended.
 */
export async function handler(event: ConnectEvent): Promise<object> {
  const { status = '200', protocol, self, ...orders } = event.queryStringParameters ?? {};
  await see({ ...event, ...(self && { self: await askForSelf(event.requestContext.connectionId) }) });
  await obey(orders);
  return { statusCode: Number(status), ...(protocol && { headers: { 'Sec-WebSocket-Protocol': protocol } }) };
}

async function askForSelf(ConnectionId: string): Promise<object> {
  return {
    post: await outcome(connections.send(new PostToConnectionCommand({ ConnectionId, Data: 'early' }))),
    get: await outcome(connections.send(new GetConnectionCommand({ ConnectionId }))),
    delete: await outcome(connections.send(new DeleteConnectionCommand({ ConnectionId }))),
  };
}

async function outcome(request: Promise<unknown>): Promise<string> {
  return request.then(
    () => 'done',
    (error: Error) => error.name,
  );
}
