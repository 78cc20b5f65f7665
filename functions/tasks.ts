import middy from '@middy/core';
import { clock } from '../aws/clock.js';
import { dynamoTasks } from '../aws/tasks.js';
import { iotTaskEvents } from '../aws/topics.js';
import { settleTarget } from '../csms/tasks/settle-target.js';
import { taskEvent } from '../schemas/task-event.js';
import { readEnvironment } from './environment.js';
import { parsed } from './middleware/parsed.js';

const env = readEnvironment('NAMESPACE', 'TASKS_TABLE');
const ports = { clock, tasks: dynamoTasks(env.TASKS_TABLE), taskEvents: iotTaskEvents(env.NAMESPACE, clock) };

/** The rule on commands of tasks that were settled. */
export const handler = middy()
  .use(parsed(taskEvent))
  .handler((settled) => settleTarget(settled, ports));
