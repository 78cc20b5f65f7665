import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import { type Orders, obey } from './obey.js';
import { see } from './see.js';

/** Longer frames are told by their size alone. */
const longest = 1024;

/** `$default`. A frame that is a JSON object says what it is to do. */
export async function handler({ body = '', ...event }: APIGatewayProxyWebsocketEventV2): Promise<object> {
  await see({ ...event, bytes: Buffer.byteLength(body), ...(body.length <= longest && { body }) });
  await obey(ordersIn(body));
  return { statusCode: 200 };
}

function ordersIn(body: string): Orders {
  return body.startsWith('{') ? JSON.parse(body) : {};
}
