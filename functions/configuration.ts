import middy from '@middy/core';
import { dynamoChargePoints } from '../aws/charge-points.js';
import { clock } from '../aws/clock.js';
import { dynamoCommands } from '../aws/commands.js';
import { dynamoComponents } from '../aws/components.js';
import { iotDesiredConfigurations } from '../aws/desired-configurations.js';
import { dynamoHistory } from '../aws/history.js';
import { iotCalls, iotEvents } from '../aws/topics.js';
import { desire } from '../csms/configuration/desire.js';
import { configurationEvent } from '../schemas/configuration-event.js';
import { readEnvironment } from './environment.js';
import { parsed } from './middleware/parsed.js';

const env = readEnvironment(
  'CHARGE_POINTS_TABLE',
  'COMMANDS_TABLE',
  'COMPONENTS_TABLE',
  'HISTORY_TABLE',
  'INVENTORY_TABLE',
  'NAMESPACE',
);
const ports = {
  calls: iotCalls(env.NAMESPACE),
  chargePoints: dynamoChargePoints(env.CHARGE_POINTS_TABLE, clock),
  clock,
  commands: dynamoCommands(env.COMMANDS_TABLE, clock),
  components: dynamoComponents(env.COMPONENTS_TABLE),
  desired: iotDesiredConfigurations(env.INVENTORY_TABLE),
  history: dynamoHistory(env.HISTORY_TABLE, clock),
  events: iotEvents(env.NAMESPACE, clock),
  stage: { namespace: env.NAMESPACE },
};

/** The rules on shadows that desire a configuration, and on commands for one that expired. */
export const handler = middy()
  .use(parsed(configurationEvent))
  .handler(async ({ chargePointId, version, timestamp, configuration }) => {
    const difference =
      version === undefined || timestamp === undefined
        ? await ports.desired.difference(chargePointId)
        : { chargePointId, version, at: new Date(timestamp * 1_000), configuration };
    if (difference) await desire(difference, ports);
  });
