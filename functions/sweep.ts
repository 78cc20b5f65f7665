import { dynamoIdTokens } from '../aws/id-tokens.js';
import { dynamoInventory } from '../aws/inventory.js';
import { dynamoReservations } from '../aws/reservations.js';
import { dynamoTasks } from '../aws/tasks.js';
import { dynamoTransactions } from '../aws/transactions.js';
import { sweep } from '../csms/sweep.js';
import { commandPorts } from './command-ports.js';
import { readEnvironment } from './environment.js';
import { logError } from './log.js';

const env = readEnvironment(
  'ID_TOKENS_TABLE',
  'INVENTORY_TABLE',
  'RESERVATIONS_TABLE',
  'TASKS_TABLE',
  'TRANSACTIONS_TABLE',
);
const queue = commandPorts();
const ports = {
  ...queue,
  idTokens: dynamoIdTokens(env.ID_TOKENS_TABLE, logError),
  inventory: dynamoInventory(env.INVENTORY_TABLE, queue.clock),
  reservations: dynamoReservations(env.RESERVATIONS_TABLE),
  tasks: dynamoTasks(env.TASKS_TABLE),
  transactions: dynamoTransactions(env.TRANSACTIONS_TABLE),
};

/** The schedule, each minute: does what is due. What fails is for the next minute. */
export const handler = (): Promise<void> => sweep(ports);
