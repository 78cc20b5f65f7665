import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import { see } from './see.js';

/** `$disconnect`. */
export async function handler(event: APIGatewayProxyWebsocketEventV2): Promise<object> {
  await see(event);
  return { statusCode: 200 };
}
