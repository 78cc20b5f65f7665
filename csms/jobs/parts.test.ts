import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isComplete, type Part, withPart } from './parts.js';
import type { Job } from './ports.js';

const time = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1_000);
/** Part `seqNo` of `count`, generated and received at its turn. */
const part = (seqNo: number, count: number, from = 0): Part => ({
  seqNo,
  hasMore: seqNo < count - 1,
  generatedAt: time(from + seqNo),
  receivedAt: time(from + seqNo + 0.2),
});
const parts = (count: number, from = 0) => Array.from({ length: count }, (_, i) => part(i, count, from));
const receive = (some: Part[], job?: Job) =>
  some.reduce<Job | undefined>((known, one) => withPart(known, one) ?? known, job);
const isWhole = (job: Job | undefined) => job?.parts !== undefined && isComplete(job.parts);

describe('the parts of a report', () => {
  it('make it complete when the last comes, and all before it did', () => {
    expect(parts(3).map((_, i) => isWhole(receive(parts(3).slice(0, i + 1))))).toEqual([false, false, true]);
    expect(isWhole(receive([part(2, 3), part(0, 3)]))).toBe(false);
    expect(isWhole(receive([part(2, 3), part(0, 3), part(1, 3)]))).toBe(true);
  });

  it('leave the same in whatever order they come, and however often', () => {
    const some = fc.integer({ min: 1, max: 8 }).map((count) => parts(count));
    const both = some.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length })),
    );
    fc.assert(
      fc.property(both, ([all, shuffled]) => {
        expect(receive(shuffled)).toEqual(receive(all));
      }),
    );
  });

  it('are known by when they came', () => {
    expect(receive(parts(2))?.statuses).toEqual([
      { status: 'Receiving', at: time(0.2).toISOString() },
      { status: 'Complete', at: time(1.2).toISOString() },
    ]);
  });

  it('are of a new report when the former one with their number is complete', () => {
    const former = receive(parts(2));
    const again = receive([part(1, 3, 10)], former);
    expect(isWhole(again)).toBe(false);
    expect(isWhole(receive([part(0, 3, 10), part(2, 3, 10)], again))).toBe(true);
  });

  it('of the former report change nothing, when they come late', () => {
    const again = receive([part(0, 3, 10)], receive(parts(2)));
    for (const late of parts(2)) expect(withPart(again, late)).toBeUndefined();
  });

  it('may all be of the same second', () => {
    const sameSecond = parts(3).map((one) => ({ ...one, generatedAt: time(0) }));
    expect(isWhole(receive(sameSecond))).toBe(true);
  });
});
