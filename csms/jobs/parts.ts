import { add } from '../sequence.js';
import type { Job, JobStatus, Parts } from './ports.js';

/** One part of a report. */
export interface Part {
  seqNo: number;
  /** Is another to come? */
  hasMore: boolean;
  /** By the charge point's clock. */
  generatedAt: Date;
  receivedAt: Date;
}

/**
 * Parts may come twice and in any order. A number that is used again begins a new report, once the former one is complete
 * and a part was generated after all of its.
 *
 * @returns the job with the part; undefined when it has it already
 */
export function withPart(job: Job | undefined, part: Part): Job | undefined {
  const [generatedAt, receivedAt] = [part.generatedAt.toISOString(), part.receivedAt.toISOString()];
  const known = job?.parts;
  if (known?.formerUntil && generatedAt <= known.formerUntil) return undefined;
  const isNew = !known || (isComplete(known) && generatedAt > known.generatedAt);
  const before = isNew ? undefined : known;
  const came = add(before?.came ?? [], part.seqNo);
  if (came === before?.came) return undefined;
  const last = part.hasMore ? before?.last : part.seqNo;
  const formerUntil = isNew ? known?.generatedAt : known.formerUntil;
  const parts: Parts = {
    came,
    ...(last !== undefined && { last }),
    generatedAt: newest(before?.generatedAt, generatedAt),
    receivedAt: {
      first: oldest(before?.receivedAt.first, receivedAt),
      last: newest(before?.receivedAt.last, receivedAt),
    },
    ...(formerUntil && { formerUntil }),
  };
  return { statuses: statusesOf(parts), parts };
}

/** Did all parts come, up to the one that says it is the last? */
export function isComplete({ came, last }: Parts): boolean {
  return last !== undefined && came.some(([from, to]) => from <= 0 && to >= last);
}

function statusesOf(parts: Parts): JobStatus[] {
  const { first, last } = parts.receivedAt;
  return [{ status: 'Receiving', at: first }, ...(isComplete(parts) ? [{ status: 'Complete', at: last }] : [])];
}

function newest(a: string | undefined, b: string): string {
  return a && a > b ? a : b;
}

function oldest(a: string | undefined, b: string): string {
  return a && a < b ? a : b;
}
