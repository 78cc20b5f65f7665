import type { Operation } from './operation.js';
import { accessOperations } from './resources/access.js';
import { chargePointOperations } from './resources/charge-points.js';
import { chargingProfileOperations } from './resources/charging-profiles.js';
import { commandOperations } from './resources/commands.js';
import { configurationOperations } from './resources/configuration.js';
import { connectorOperations } from './resources/connectors.js';
import { firmwareOperations } from './resources/firmware.js';
import { frameOperations } from './resources/frames.js';
import { historyOperations } from './resources/history.js';
import { idTokenOperations } from './resources/id-tokens.js';
import { inventoryOperations } from './resources/inventory.js';
import { jobOperations } from './resources/jobs.js';
import { knockOperations } from './resources/knocks.js';
import { liveOperations } from './resources/live.js';
import { localListOperations } from './resources/local-list.js';
import { messageOperations } from './resources/messages.js';
import { passwordOperations } from './resources/passwords.js';
import { reservationOperations } from './resources/reservations.js';
import { stageOperations } from './resources/stage.js';
import { taskOperations } from './resources/tasks.js';
import { transactionOperations } from './resources/transactions.js';
import { variableOperations } from './resources/variables.js';

/** All that the API can do. A path without variables comes before those that it would be a value of. */
export const operations: readonly Operation[] = [
  ...chargePointOperations,
  ...passwordOperations,
  ...connectorOperations,
  ...commandOperations,
  ...localListOperations,
  ...reservationOperations,
  ...chargingProfileOperations,
  ...taskOperations,
  ...transactionOperations,
  ...frameOperations,
  ...historyOperations,
  ...variableOperations,
  ...configurationOperations,
  ...inventoryOperations,
  ...jobOperations,
  ...firmwareOperations,
  ...messageOperations,
  ...knockOperations,
  ...liveOperations,
  ...idTokenOperations,
  ...accessOperations,
  ...stageOperations,
];
