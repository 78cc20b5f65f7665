import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isComplete, type Part, withPart, withUnnumberedPart } from './parts.js';
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

describe('the parts of customer information', () => {
  const said = (seqNo: number, text: string, from = 0): Part => ({
    ...part(seqNo, 3, from),
    text,
    expiresAt: time(from + seqNo + 60),
  });

  it('are kept by their numbers, in whatever order they come', () => {
    const job = receive([said(2, 'c'), said(0, 'a'), said(1, 'b'), said(0, 'a')]);
    expect(job?.parts?.texts).toEqual({ 0: 'a', 1: 'b', 2: 'c' });
    expect(isWhole(job)).toBe(true);
  });

  it('are forgotten together, after the last of them', () => {
    expect(receive([said(2, 'c'), said(0, 'a')])?.expiresAt).toBe(time(62).toISOString());
  });

  it('begin anew when the former ones are forgotten, though those were never complete', () => {
    const again = receive([said(1, 'b', 100)], receive([said(0, 'a')]));
    expect(again?.parts?.texts).toEqual({ 1: 'b' });
    expect(again?.expiresAt).toBe(time(161).toISOString());
  });

  it('are kept as far as an item has room, and that there was more is known', () => {
    const all = Array.from({ length: 300 }, (_, seqNo) => ({ ...said(seqNo, 'ü'.repeat(512)), hasMore: seqNo < 299 }));
    const { texts = {}, textsAreCut } = receive(all)?.parts ?? {};
    expect([Object.keys(texts).length > 280, JSON.stringify(texts).length < 300_000]).toEqual([true, true]);
    expect([textsAreCut, isWhole(receive(all))]).toEqual([true, true]);
  });
});

describe('parts without numbers', () => {
  const at = (seconds: number, hasMore: boolean) => ({ hasMore, receivedAt: time(seconds) });
  type Told = ReturnType<typeof at>;
  const receiveAll = (some: Told[], job?: Job) =>
    some.reduce<Job | undefined>((known, one) => withUnnumberedPart(known, one) ?? known, job);
  const report = (from = 0) => [at(from, true), at(from + 1, true), at(from + 2, false)];

  it('are complete with the one that says it is the last', () => {
    const ends = report().map((_, i) => receiveAll(report().slice(0, i + 1))?.unnumbered?.endedAt);
    expect(ends).toEqual([undefined, undefined, time(2).toISOString()]);
  });

  it('leave the same in whatever order they come, and however often', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...report(), ...report()], { minLength: 6 }), (shuffled) => {
        expect(receiveAll(shuffled)).toEqual(receiveAll(report()));
      }),
    );
  });

  it('are of a new report after the last of the former one; of that one they change nothing any more', () => {
    const again = receiveAll([at(10, true)], receiveAll(report()));
    expect(again?.statuses).toEqual([{ status: 'Receiving', at: time(10).toISOString() }]);
    for (const late of report()) expect(withUnnumberedPart(again, late)).toBeUndefined();
    expect(receiveAll([at(11, false)], again)?.statuses.at(-1)?.status).toBe('Complete');
  });
});
