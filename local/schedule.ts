import { randomUUID } from 'node:crypto';
import type { Region } from './arn.js';
import type { Clock } from './clock.js';
import { deliver, type Faults } from './faults.js';
import type { Lambda } from './lambda/lambda.js';
import { refuseUnknown } from './request.js';
import type { Deployed } from './template/stack-resources.js';

interface Schedule extends Region {
  clock: Clock;
  faults: Faults;
  lambda: Pick<Lambda, 'invokeLater'>;
  onError(message: string): void;
}

const units: Record<string, number> = { minute: 60_000, hour: 60 * 60_000, day: 24 * 60 * 60_000 };

/**
 * Invokes the functions of a scheduled rule of EventBridge: for the first time when its rate has passed, at least once each
 * time.
 *
 * @returns what ends that
 */
export function runSchedule(
  { logicalId, attributes, properties }: Deployed,
  { clock, faults, lambda, accountId, region, onError }: Schedule,
): () => void {
  const { ScheduleExpression, State, Targets } = properties as {
    ScheduleExpression?: string;
    State?: string;
    Targets: { Id: string; Arn: string }[];
  };
  // The Serverless Framework always says it.
  if (State !== undefined && State !== 'ENABLED') {
    throw new Error(`${logicalId}: the embedded AWS does not know the state ${State} of a schedule.`);
  }
  const period = periodOf(ScheduleExpression, logicalId);
  for (const target of Targets) refuseUnknown(`a target of ${logicalId} with`, target, ['Arn', 'Id']);

  const sourceArn = attributes.Arn as string;
  let cancel = () => {};
  const invoke = (functionArn: string, event: object) => {
    try {
      lambda.invokeLater(functionArn, event, { principal: 'events.amazonaws.com', sourceArn });
    } catch (error) {
      onError(`schedule ${logicalId}: ${error}`);
    }
  };
  const ring = () => {
    wait();
    const event = {
      version: '0',
      id: randomUUID(),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: accountId,
      time: new Date(clock.now()).toISOString().replace(/\.\d+/, ''),
      region,
      resources: [sourceArn],
      detail: {},
    };
    for (const { Arn } of Targets)
      deliver({ faults, clock }, logicalId, JSON.stringify(event), () => invoke(Arn, event));
  };
  const wait = () => {
    cancel = clock.after(period, ring);
  };
  wait();
  return () => cancel();
}

/** `rate(5 minutes)` → milliseconds. */
function periodOf(expression: string | undefined, logicalId: string): number {
  const [, count, unit = '', plural] = /^rate\(([1-9]\d*) (minute|hour|day)(s?)\)$/.exec(expression ?? '') ?? [];
  const period = Number(count) * (units[unit] ?? Number.NaN);
  // EventBridge takes a unit in the singular with 1, and in no other case.
  if (Number.isNaN(period) || (count === '1') !== (plural === '')) {
    throw new Error(`${logicalId}: the embedded AWS does not know the schedule ${expression}.`);
  }
  return period;
}
