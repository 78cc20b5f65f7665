import { beforeEach, describe, expect, it } from 'vitest';
import { always, deployed, ManualClock } from '../test/local/testing.js';
import { type Faults, noFaults } from './faults.js';
import type { Lambda } from './lambda/lambda.js';
import { runSchedule } from './schedule.js';

let clock: ManualClock;
let invoked: Parameters<Lambda['invokeLater']>[];
let errors: string[];

beforeEach(() => {
  clock = new ManualClock();
  invoked = [];
  errors = [];
});

const target = { Id: 'sweepSchedule', Arn: 'arn:sweep' };
const sourceArn = 'arn:aws:events:us-east-1:000000000000:rule/each-minute';

function run(properties: object, faults: Faults = noFaults): () => void {
  const rule = deployed({ State: 'ENABLED', Targets: [target], ...properties }, { attributes: { Arn: sourceArn } });
  const lambda: Pick<Lambda, 'invokeLater'> = {
    invokeLater(...args) {
      if (args[0] === 'arn:absent') throw new Error('There is no function arn:absent.');
      invoked.push(args);
    },
  };
  const place = { accountId: '000000000000', region: 'us-east-1' };
  return runSchedule(rule, { clock, faults, lambda, ...place, onError: (message) => errors.push(message) });
}

async function pass(ms: number): Promise<void> {
  await clock.pass(ms);
  // The clock's own turn.
  await new Promise(setImmediate);
}

describe('a scheduled rule', () => {
  it('invokes its function each time that its rate has passed, with an event that says when', async () => {
    run({ ScheduleExpression: 'rate(1 minute)' });
    expect(invoked).toEqual([]);
    await pass(60_000);
    expect(invoked).toEqual([
      [
        'arn:sweep',
        {
          version: '0',
          id: expect.stringMatching(/^[\da-f-]{36}$/),
          'detail-type': 'Scheduled Event',
          source: 'aws.events',
          account: '000000000000',
          time: '2026-01-02T03:05:05Z',
          region: 'us-east-1',
          resources: [sourceArn],
          detail: {},
        },
        { principal: 'events.amazonaws.com', sourceArn },
      ],
    ]);
    await pass(60_000);
    expect(invoked).toHaveLength(2);
  });

  it.each([
    ['rate(5 minutes)', 300_000],
    ['rate(1 hour)', 3_600_000],
    ['rate(2 days)', 172_800_000],
  ])('%s is %d ms', (ScheduleExpression, ms) => {
    run({ ScheduleExpression });
    expect(clock.waits).toEqual([ms]);
  });

  it.each(['rate(1 minutes)', 'rate(2 minute)', 'rate(0 minutes)', 'rate(1 second)', 'cron(0 12 * * ? *)', undefined])(
    '%s is not known',
    (ScheduleExpression) => {
      expect(() => run({ ScheduleExpression })).toThrow('It: the embedded AWS does not know the schedule');
    },
  );

  it('refuses what it would have to tell its function instead of the event', () => {
    const Targets = [{ ...target, Input: '{}' }];
    expect(() => run({ ScheduleExpression: 'rate(1 minute)', Targets })).toThrow(
      'The embedded AWS does not know a target of It with Input.',
    );
  });

  it('that is disabled is not known', () => {
    const disabled = { ScheduleExpression: 'rate(1 minute)', State: 'DISABLED' };
    expect(() => run(disabled)).toThrow('It: the embedded AWS does not know the state DISABLED of a schedule.');
  });

  it('that has ended does nothing any more', () => {
    run({ ScheduleExpression: 'rate(1 minute)' })();
    expect(clock.waits).toEqual([]);
  });

  it('goes on after a function that may not be invoked, and tells it', async () => {
    run({ ScheduleExpression: 'rate(1 minute)', Targets: [{ ...target, Arn: 'arn:absent' }] });
    await pass(60_000);
    expect(errors).toEqual(['schedule It: Error: There is no function arn:absent.']);
    expect(clock.waits).toEqual([60_000]);
  });

  it('on purpose, invokes it twice', async () => {
    run({ ScheduleExpression: 'rate(1 minute)' }, always('twice'));
    await pass(60_000);
    await pass(150);
    expect(invoked).toHaveLength(2);
    expect(invoked[0]).toEqual(invoked[1]);
  });
});
