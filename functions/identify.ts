import { timingSafeEqual } from 'node:crypto';
import middy from '@middy/core';
import { negotiate } from '../csms/ocpp/protocol.js';
import { authorizerEvent, type Identity } from '../schemas/websocket-event.js';
import { readEnvironment } from './environment.js';
import { logWarning } from './log.js';
import { parsed } from './middleware/parsed.js';

const env = readEnvironment('EDGE_SECRET');

/**
 * The authorizer of `$connect`. Whatever dials the gateway's own URL can claim any identity: only what carries the edge's
 * secret came through the edge. What it finds out rides on every later event of the connection.
 */
export const handler = middy()
  .use(parsed(authorizerEvent))
  .handler(async ({ methodArn, headers, queryStringParameters }) => {
    const chargePointId = queryStringParameters?.chargePointId ?? '';
    const isAllowed = cameThroughEdge(headers['x-origin-secret']) && chargePointId !== '';
    if (!isAllowed) logWarning('handshake refused', { code: 'not-through-edge', chargePointId });
    const protocol = negotiate(headers['sec-websocket-protocol'])?.protocol;
    return {
      principalId: chargePointId || 'nobody',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Action: 'execute-api:Invoke', Effect: isAllowed ? 'Allow' : 'Deny', Resource: methodArn }],
      },
      context: { chargePointId, ...(protocol && { protocol }) } satisfies Identity,
    };
  });

function cameThroughEdge(secret = ''): boolean {
  const [sent, expected] = [Buffer.from(secret), Buffer.from(env.EDGE_SECRET)];
  return sent.length === expected.length && timingSafeEqual(sent, expected);
}
