import middy from '@middy/core';
import { dynamoChargePoints } from '../aws/charge-points.js';
import { clock } from '../aws/clock.js';
import { dynamoConnections } from '../aws/connections.js';
import { dynamoKnocks } from '../aws/knocks.js';
import { iotRegistry } from '../aws/registry.js';
import { queuedTimers } from '../aws/timers.js';
import { admit } from '../csms/charge-points/admission.js';
import { opening, stray } from '../csms/connections/open.js';
import { coarsely } from '../csms/knocks/coarse.js';
import type { KnockCode } from '../csms/knocks/ports.js';
import { type ConnectEvent, connectEvent } from '../schemas/websocket-event.js';
import { readEnvironment } from './environment.js';
import { logError, logWarning } from './log.js';
import { parsed } from './middleware/parsed.js';

const env = readEnvironment(
  'ALLOW_SECURITY_PROFILE_0',
  'CHARGE_POINTS_TABLE',
  'CONNECTIONS_TABLE',
  'KNOCKS_TABLE',
  'NAMESPACE',
  'TIMERS_QUEUE_URL',
);
const ports = {
  chargePoints: dynamoChargePoints(env.CHARGE_POINTS_TABLE, clock),
  connections: dynamoConnections(env.CONNECTIONS_TABLE),
  timers: queuedTimers(env.TIMERS_QUEUE_URL, clock),
  registry: iotRegistry,
  stage: { namespace: env.NAMESPACE, allowSecurityProfile0: env.ALLOW_SECURITY_PROFILE_0 },
};

const knocked = coarsely(dynamoKnocks(env.KNOCKS_TABLE, clock));

/** `$connect`: what it returns is the answer to the charge point's handshake. */
export const handler = middy()
  .use(parsed(connectEvent))
  .handler(async (event) => {
    const { headers, requestContext } = event;
    const { connectionId, authorizer } = requestContext;
    const { chargePointId } = authorizer;
    const admission = await admit(
      { chargePointId, subprotocols: headers['sec-websocket-protocol'], authorization: headers.authorization },
      ports,
    );
    switch (admission.outcome) {
      case 'refused':
        logWarning('handshake refused', { chargePointId, connectionId, ...admission });
        await noteKnock(event, admission.code);
        return { statusCode: admission.status };
      case 'stray':
        logWarning('no common subprotocol', {
          chargePointId,
          connectionId,
          code: 'no-common-subprotocol',
          offered: headers['sec-websocket-protocol'],
        });
        await stray({ chargePointId, connectionId, at: clock.now() }, ports);
        await noteKnock(event, 'no-common-subprotocol');
        return { statusCode: 200 };
      case 'admitted': {
        const { protocol, subprotocol, hasPassword } = admission;
        const since = clock.now().toISOString();
        await opening({ chargePointId, connectionId, protocol, since, hasPassword }, ports);
        return { statusCode: 200, headers: { 'Sec-WebSocket-Protocol': subprotocol } };
      }
    }
  });

/** Whoever is refused is refused, whether that is kept or not. */
async function noteKnock({ headers, requestContext }: ConnectEvent, code: KnockCode): Promise<void> {
  const { chargePointId } = requestContext.authorizer;
  try {
    await knocked({
      ...{ chargePointId, code, at: clock.now() },
      address: headers['x-viewer-address'],
      subprotocols: headers['sec-websocket-protocol'],
      userAgent: headers['user-agent'],
      hasCredentials: /^Basic /i.test(headers.authorization ?? ''),
    });
  } catch (error) {
    logError('refused handshake could not be kept', { chargePointId, code }, error);
  }
}
