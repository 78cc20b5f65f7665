import type { HandlerContext } from '../ocpp/handler.js';
import { jobName } from './key.js';
import { isComplete, type Part, withPart, withUnnumberedPart } from './parts.js';
import type { Job, NumberedReportKind, UnnumberedReportKind } from './ports.js';

type NumberedPart = Omit<Part, 'receivedAt'> & { kind: NumberedReportKind; requestId: number };

/** A part of a report has come, and what it says is recorded. When no part is missing any more, that is told. */
export async function receivePart(
  { kind, requestId, ...part }: NumberedPart,
  { chargePointId, receivedAt, jobs, events }: HandlerContext,
): Promise<void> {
  const key = { kind, requestId };
  const job = await jobs.change({ chargePointId, ...key }, (known) => withPart(known, { ...part, receivedAt }));
  if (!job?.parts || !isComplete(job.parts)) return;
  const { last = 0, generatedAt } = job.parts;
  await events.emit(chargePointId, 'report-complete', `${jobName(key)}-${generatedAt}`, {
    ...key,
    parts: last + 1,
    startedAt: job.parts.receivedAt.first,
    since: job.parts.receivedAt.last,
  });
}

/**
 * The same of a part without a number. It is told when the last part has come, whether or not one is missing.
 *
 * @returns the job, once that is so
 */
export async function receiveUnnumberedPart(
  { kind, requestId, hasMore }: { kind: UnnumberedReportKind; requestId: number; hasMore: boolean },
  { chargePointId, receivedAt, jobs, events }: HandlerContext,
): Promise<Job | undefined> {
  const key = { kind, requestId };
  const job = await jobs.change({ chargePointId, ...key }, (known) =>
    withUnnumberedPart(known, { hasMore, receivedAt }),
  );
  const { endedAt, receivedAt: came } = job?.unnumbered ?? {};
  if (!endedAt || !came) return undefined;
  await events.emit(chargePointId, 'report-complete', `${jobName(key)}-${endedAt}`, {
    ...key,
    startedAt: came.first,
    since: endedAt,
  });
  return job;
}
