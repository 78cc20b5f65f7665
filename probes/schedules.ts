import { holds, same } from './expect.js';
import type { Probe } from './probe.js';
import type { Stage } from './stage.js';

const reference = 'Amazon EventBridge: Creating a scheduled rule (legacy)';
const minute = 60_000;

/** EventBridge. */
export const schedules: Probe[] = [
  {
    id: 'schedule-event',
    says: 'A function is told by a scheduled rule when it is, in whole seconds, and by which rule: `source` is `aws.events`, `detail-type` `Scheduled Event`, `detail` empty.',
    restsOn: 'documented',
    source: 'Amazon EventBridge: Scheduled events in AWS service events',
    imitatedIn: ['schedule.ts'],
    ifWrong: 'No effect: the sweep does not look at its event.',
    minutes: 2,
    async check(stage) {
      await stage.elapse(70_000);
      const { at, event } = await stage.seen('a tick', isTick);
      const { version, id, account, region, resources, detail, time } = event;
      same('source', event.source, 'aws.events');
      same('detail-type', event['detail-type'], 'Scheduled Event');
      same('version and detail', { version, detail }, { version: '0', detail: {} });
      holds('id is a UUID', /^[\da-f-]{36}$/.test(id), id);
      holds('account is a number', /^\d{12}$/.test(account), account);
      same('region', region, await stage.iot.config.region());
      holds('resources is the rule', resources.length === 1 && /^arn:.+:rule\//.test(resources[0]), resources);
      holds('time is in whole seconds', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(time), time);
      holds('time is at most a minute ago', at - Date.parse(time) > -1_000 && at - Date.parse(time) < minute, {
        at,
        time,
      });
    },
  },
  {
    id: 'schedule-rate',
    says: 'A scheduled rule of `rate(1 minute)` invokes its function about each minute, for the first time when its rate has passed.',
    restsOn: 'documented',
    source: `${reference}; how exactly is not said`,
    imitatedIn: ['schedule.ts'],
    ifWrong: 'Commands expire, and forgotten transactions end, later.',
    minutes: 4,
    async check(stage) {
      const before = ticks(stage).length;
      await stage.elapse(200_000);
      const times = ticks(stage)
        .slice(before)
        .map(({ at }) => at);
      holds('three or four ticks in 200 s', times.length === 3 || times.length === 4, times.length);
      times.sort((a, b) => a - b);
      const apart = times.slice(1).map((at, index) => at - (times[index] as number));
      holds(
        'about a minute apart',
        apart.every((ms) => Math.abs(ms - minute) < minute / 2),
        apart,
      );
    },
  },
  {
    id: 'schedule-at-least-once',
    says: 'A scheduled rule may invoke its function more than once for the same time.',
    restsOn: 'documented',
    source: 'Amazon EventBridge: Troubleshooting, My rule was triggered more than once in response to a single event',
    imitatedIn: [],
    ifWrong: 'No effect: a sweep that comes twice changes nothing the second time.',
    notProbed: 'that nothing came twice would prove nothing',
  },
  {
    id: 'schedule-asynchronous',
    says: "EventBridge invokes a function asynchronously, with the function's permission for the rule's ARN, not with a role.",
    restsOn: 'documented',
    source: 'Amazon EventBridge: Using resource-based policies for Amazon EventBridge; Lambda: Asynchronous invocation',
    imitatedIn: ['schedule.ts', 'lambda/lambda.ts'],
    ifWrong: 'The sweep never runs, or what it fails to do is not kept.',
    notProbed: '`schedule-rate` shows that the permission is enough',
  },
];

function isTick({ function: name }: { function: string }): boolean {
  return name === 'tick';
}

function ticks({ allSeen }: Stage) {
  return allSeen(isTick);
}
