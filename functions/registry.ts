import middy from '@middy/core';
import { dynamoChargePoints } from '../aws/charge-points.js';
import { clock } from '../aws/clock.js';
import { dynamoConnections } from '../aws/connections.js';
import { dynamoKnocks } from '../aws/knocks.js';
import { gatewaySockets } from '../aws/sockets.js';
import { thingChanged } from '../csms/charge-points/registry-change.js';
import { thingEvent } from '../schemas/thing-event.js';
import { readEnvironment } from './environment.js';
import { parsed } from './middleware/parsed.js';

const env = readEnvironment('CHARGE_POINTS_TABLE', 'CONNECTIONS_TABLE', 'KNOCKS_TABLE', 'NAMESPACE');
const ports = {
  chargePoints: dynamoChargePoints(env.CHARGE_POINTS_TABLE, clock),
  connections: dynamoConnections(env.CONNECTIONS_TABLE),
  knocks: dynamoKnocks(env.KNOCKS_TABLE, clock),
  sockets: gatewaySockets,
  stage: { namespace: env.NAMESPACE },
};

/** The rule on the registry's thing events: they repeat, and arrive out of order. */
export const handler = middy()
  .use(parsed(thingEvent))
  .handler(async ({ thingName, operation, attributes, timestamp }) =>
    thingChanged(
      {
        chargePointId: thingName,
        registered: operation !== 'DELETED',
        namespace: attributes?.namespace ?? '',
        at: timestamp,
      },
      ports,
    ),
  );
