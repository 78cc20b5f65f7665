import middy from '@middy/core';
import * as z from 'zod/mini';
import { dynamoChargePointRecords } from '../aws/charge-point-records.js';
import { edgeFileUrls } from '../aws/file-urls.js';
import { dynamoInventory } from '../aws/inventory.js';
import { dynamoReservations } from '../aws/reservations.js';
import { dynamoTasks } from '../aws/tasks.js';
import { iotCalls, iotFrameTopics, iotTaskEvents } from '../aws/topics.js';
import { actOn } from '../csms/act-on.js';
import { timer } from '../schemas/timer.js';
import { commandPorts } from './command-ports.js';
import { readEnvironment } from './environment.js';
import { logError } from './log.js';
import { parsed } from './middleware/parsed.js';

const env = readEnvironment(
  'CHARGE_POINTS_TABLE',
  'EDGE_URL',
  'FILES_SECRET',
  'INVENTORY_TABLE',
  'LABELS_TABLE',
  'NAMESPACE',
  'RESERVATIONS_TABLE',
  'TASKS_TABLE',
);
const queue = commandPorts();
const ports = {
  ...queue,
  calls: iotCalls(env.NAMESPACE),
  fileUrls: edgeFileUrls(env.EDGE_URL, env.FILES_SECRET, queue.clock),
  inventory: dynamoInventory(env.INVENTORY_TABLE, queue.clock),
  reservations: dynamoReservations(env.RESERVATIONS_TABLE),
  records: dynamoChargePointRecords(env.CHARGE_POINTS_TABLE, env.LABELS_TABLE),
  tasks: dynamoTasks(env.TASKS_TABLE),
  taskEvents: iotTaskEvents(env.NAMESPACE, queue.clock),
  topics: iotFrameTopics(env.NAMESPACE),
};
const sqsEvent = z.object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) });

/** The timers' queue: what fails is told again, each timer for itself. */
export const handler = middy()
  .use(parsed(sqsEvent))
  .handler(async ({ Records }) => {
    const failed = await Promise.all(
      Records.map(async ({ messageId, body }) => {
        try {
          await actOn(timer.parse(JSON.parse(body)), ports);
          return [];
        } catch (error) {
          logError('timer failed', { timer: body }, error);
          return [{ itemIdentifier: messageId }];
        }
      }),
    );
    return { batchItemFailures: failed.flat() };
  });
