import { dynamoChargePoints } from '../aws/charge-points.js';
import { clock } from '../aws/clock.js';
import { dynamoCommands } from '../aws/commands.js';
import { dynamoConnections } from '../aws/connections.js';
import { dynamoHistory } from '../aws/history.js';
import { dynamoSlots } from '../aws/slots.js';
import { gatewaySockets } from '../aws/sockets.js';
import { queuedTimers } from '../aws/timers.js';
import { iotEvents } from '../aws/topics.js';
import type { CommandPorts } from '../csms/commands/ports.js';
import { coarsely } from '../csms/history/coarse.js';
import { readEnvironment } from './environment.js';
import { messageLog } from './message-log.js';

/** The ports of whoever may have a command to send. @throws naming what is missing in the environment */
export function commandPorts(): CommandPorts {
  const env = readEnvironment(
    'CHARGE_POINTS_TABLE',
    'COMMANDS_TABLE',
    'COMMAND_TIMEOUT',
    'CONNECTIONS_TABLE',
    'HISTORY_TABLE',
    'NAMESPACE',
    'REGISTRATION_STATUS',
    'TIMERS_QUEUE_URL',
  );
  return {
    chargePoints: dynamoChargePoints(env.CHARGE_POINTS_TABLE, clock),
    commands: dynamoCommands(env.COMMANDS_TABLE, clock),
    slots: dynamoSlots(env.COMMANDS_TABLE),
    connections: dynamoConnections(env.CONNECTIONS_TABLE),
    sockets: gatewaySockets,
    timers: queuedTimers(env.TIMERS_QUEUE_URL, clock),
    history: coarsely(dynamoHistory(env.HISTORY_TABLE, clock), clock),
    events: iotEvents(env.NAMESPACE, clock),
    clock,
    ...messageLog(),
    stage: {
      namespace: env.NAMESPACE,
      commandTimeout: env.COMMAND_TIMEOUT,
      registrationStatus: env.REGISTRATION_STATUS,
    },
  };
}
