import assert from 'node:assert/strict';
import { commands } from './steps/commands.js';
import { connections } from './steps/connections.js';
import { domain } from './steps/domain.js';
import { messages } from './steps/messages.js';
import { operator } from './steps/operator.js';
import { story } from './steps/story.js';
import { sweep } from './steps/sweep.js';
import { tasks } from './steps/tasks.js';
import type { Step } from './trial.js';

const minute = 60_000;

/** What a stage is there for, one after the other; in the end no permission may be left that nobody needed. */
export const script: Step[] = [
  // While there are few that a task of all could be for.
  ...tasks,
  ...connections,
  ...messages,
  ...commands,
  ...sweep,
  ...operator,
  ...domain,
  ...story,
  [
    'what a function fails to do is kept',
    async ({ account, publish, waiting, expect }) => {
      expect(/(csms|deliver|registry): .*Error/);
      const unknown = { protocol: 'ocpp0' };
      await publish('CP1', 'in', [2, 'm', 'Heartbeat', {}], unknown);
      await publish('CP1', 'out', [3, 'm', {}], unknown);
      const topic = '$aws/events/thing/CP1/created';
      await account.iot.broker.publish({ topic, payload: Buffer.from('{}'), qos: 1, userProperties: [] });
      await account.clock.advance(5 * minute);
      const failed = waiting('FailuresQueue').map((body) =>
        JSON.parse(body).requestContext.functionArn.split(/[-:]/).at(-2),
      );
      assert.deepEqual(failed.sort(), ['csms', 'deliver', 'registry']);
      assert.deepEqual(waiting('TimersDeadLetterQueue'), []);
    },
  ],
  [
    'no role grants what nobody needed',
    async ({ account }) => {
      const unused = account.iam.grants().filter(({ isUsed }) => !isUsed);
      assert.deepEqual(
        unused.map(({ role, action, resource }) => `${role}: ${action} on ${resource}`),
        [],
      );
    },
  ],
];
