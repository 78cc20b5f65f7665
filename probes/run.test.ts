import { expect, it } from 'vitest';
import { Differs, type Probe } from './probe.js';
import { type Outcome, run } from './run.js';
import type { Stage } from './stage.js';

const probe = (id: string, more: Partial<Probe>): Probe => ({
  id,
  says: 'It does.',
  restsOn: 'assumed',
  source: 'not said',
  imitatedIn: [],
  ifWrong: 'Nothing.',
  ...more,
});

const sdkError = (name: string, httpStatusCode: number) =>
  Object.assign(new Error('no'), { name, $metadata: { httpStatusCode } });

async function outcomes(probes: Probe[], slow = false, atOnce = false): Promise<string[]> {
  const told: string[] = [];
  for await (const outcome of run(probes, {} as Stage, { slow, atOnce })) told.push(text(outcome));
  return told;
}

function text({ probe: { id }, ...outcome }: Outcome): string {
  return [id, ...Object.values(outcome)].join(' ');
}

it('what a probe expects is confirmed, or differs, as does what AWS refuses; another error says nothing about AWS', async () => {
  const told = await outcomes([
    probe('fits', { check: async () => {} }),
    probe('differs', { check: () => Promise.reject(new Differs('status: 500 instead of 404')) }),
    probe('fails', { check: () => Promise.reject(new TypeError('no network')) }),
    probe('refused', { check: () => Promise.reject(sdkError('GoneException', 410)) }),
    probe('denied', { check: () => Promise.reject(sdkError('AccessDeniedException', 403)) }),
    probe('rests', { notProbed: 'it would cost' }),
  ]);
  expect(told).toEqual([
    'fits confirmed',
    'differs differs status: 500 instead of 404',
    'fails unclear TypeError: no network',
    'refused differs GoneException: no',
    'denied unclear AccessDeniedException: no',
    'rests not probed it would cost',
  ]);
});

it('what takes minutes comes last, and only when it is asked for', async () => {
  const probes = [probe('slow', { minutes: 3, check: async () => {} }), probe('quick', { check: async () => {} })];
  expect(await outcomes(probes)).toEqual(['quick confirmed', 'slow not probed takes 3 min: --slow']);
  expect(await outcomes(probes, true)).toEqual(['quick confirmed', 'slow confirmed']);
});

it('what takes minutes may run at once', async () => {
  let arrived = 0;
  let release = () => {};
  const both = new Promise<void>((resolve) => {
    release = resolve;
  });
  const check = async () => {
    if (++arrived === 2) release();
    await both;
  };
  const probes = [probe('one', { minutes: 3, check }), probe('other', { minutes: 3, check })];
  expect(await outcomes(probes, true, true)).toEqual(['one confirmed', 'other confirmed']);
});
