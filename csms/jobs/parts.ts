import { isDeepStrictEqual } from 'node:util';
import { add } from '../sequence.js';
import type { Job, JobStatus, Parts, UnnumberedParts } from './ports.js';

/** One part of a report. */
export interface Part {
  seqNo: number;
  /** Is another to come? */
  hasMore: boolean;
  /** By the charge point's clock. */
  generatedAt: Date;
  receivedAt: Date;
  /** customer-information: what it says. */
  text?: string;
  /** customer-information: the report is forgotten then. */
  expiresAt?: Date;
}

/** In bytes of JSON: an item of DynamoDB may be of 400 KB. */
const mostText = 300_000;

/**
 * Parts may come twice and in any order. A number that is used again begins a new report, once the former one is complete
 * and a part was generated after all of its.
 *
 * @returns the job with the part; undefined when it has it already
 */
export function withPart(job: Job | undefined, part: Part): Job | undefined {
  const [generatedAt, receivedAt] = [part.generatedAt.toISOString(), part.receivedAt.toISOString()];
  const known = isOver(job, receivedAt) ? undefined : job?.parts;
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
    ...withText(before, part),
  };
  const expiresAt = part.expiresAt && newest(before && job?.expiresAt, part.expiresAt.toISOString());
  const statuses = statusesOf(parts.receivedAt, isComplete(parts));
  return { ...askedOf(job), statuses, parts, ...(expiresAt && { expiresAt }) };
}

/**
 * Parts without numbers: none is known to be missing, so the report is complete with the part that says it is the last. A
 * number that is used again after that begins a new report.
 *
 * @returns the job with the part; undefined when that changes nothing
 */
export function withUnnumberedPart(job: Job | undefined, part: Pick<Part, 'hasMore' | 'receivedAt'>): Job | undefined {
  const receivedAt = part.receivedAt.toISOString();
  const known = job?.unnumbered;
  if (known?.formerUntil && receivedAt <= known.formerUntil) return undefined;
  const isNew = known?.endedAt !== undefined && receivedAt > known.endedAt;
  const before = isNew ? undefined : known;
  const endedAt = part.hasMore ? before?.endedAt : newest(before?.endedAt, receivedAt);
  const formerUntil = isNew ? known.endedAt : known?.formerUntil;
  const unnumbered: UnnumberedParts = {
    receivedAt: {
      first: oldest(before?.receivedAt.first, receivedAt),
      last: newest(before?.receivedAt.last, receivedAt),
    },
    ...(endedAt && { endedAt }),
    ...(formerUntil && { formerUntil }),
  };
  if (isDeepStrictEqual(unnumbered, known)) return undefined;
  return { ...askedOf(job), statuses: statusesOf(unnumbered.receivedAt, endedAt !== undefined), unnumbered };
}

/** Did all parts come, up to the one that says it is the last? */
export function isComplete({ came, last }: Parts): boolean {
  return last !== undefined && came.some(([from, to]) => from <= 0 && to >= last);
}

/** Is what it says forgotten by now? */
export function isOver(job: Job | undefined, now: string): boolean {
  return job?.expiresAt !== undefined && job.expiresAt <= now;
}

function askedOf(job: Job | undefined): Pick<Job, 'asked'> {
  return job?.asked ? { asked: job.asked } : {};
}

function withText(before: Parts | undefined, { seqNo, text }: Part): Pick<Parts, 'texts' | 'textsAreCut'> {
  const { texts, textsAreCut } = before ?? {};
  const all = text === undefined ? texts : { ...texts, [seqNo]: text };
  if (all === undefined) return {};
  const isCut = textsAreCut || Buffer.byteLength(JSON.stringify(all)) > mostText;
  return isCut ? { texts: texts ?? {}, textsAreCut: true } : { texts: all };
}

function statusesOf({ first, last }: Parts['receivedAt'], isComplete: boolean): JobStatus[] {
  return [{ status: 'Receiving', at: first }, ...(isComplete ? [{ status: 'Complete', at: last }] : [])];
}

function newest(a: string | undefined, b: string): string {
  return a && a > b ? a : b;
}

function oldest(a: string | undefined, b: string): string {
  return a && a < b ? a : b;
}
