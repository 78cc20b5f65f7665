import type { HandlerContext } from '../ocpp/handler.js';
import { jobName } from './key.js';
import { isComplete, type Part, withPart, withUnnumberedPart } from './parts.js';
import type { NumberedReportKind, UnnumberedReportKind } from './ports.js';
import { dropUnreported } from './unreported.js';

type NumberedPart = Omit<Part, 'receivedAt'> & { kind: NumberedReportKind; requestId: number };

/**
 * A part of a report has come, and what it says is recorded. When no part is missing any more, that is told, and what is not
 * in the report is gone.
 */
export async function receivePart({ kind, requestId, ...part }: NumberedPart, context: HandlerContext): Promise<void> {
  const { chargePointId, receivedAt, jobs, events } = context;
  const key = { kind, requestId };
  const job = await jobs.change({ chargePointId, ...key }, (known) => withPart(known, { ...part, receivedAt }));
  if (!job?.parts || !isComplete(job.parts)) return;
  await dropUnreported(kind, job, context);
  const { last = 0, generatedAt } = job.parts;
  await events.emit(chargePointId, 'report-complete', `${jobName(key)}-${generatedAt}`, {
    ...key,
    parts: last + 1,
    startedAt: job.parts.receivedAt.first,
    since: job.parts.receivedAt.last,
  });
}

/** The same of a part without a number. It is told when the last part has come, whether or not one is missing. */
export async function receiveUnnumberedPart(
  { kind, requestId, hasMore }: { kind: UnnumberedReportKind; requestId: number; hasMore: boolean },
  context: HandlerContext,
): Promise<void> {
  const { chargePointId, receivedAt, jobs, events } = context;
  const key = { kind, requestId };
  const job = await jobs.change({ chargePointId, ...key }, (known) =>
    withUnnumberedPart(known, { hasMore, receivedAt }),
  );
  const { endedAt, receivedAt: came } = job?.unnumbered ?? {};
  if (!job || !endedAt || !came) return;
  await dropUnreported(kind, job, context);
  await events.emit(chargePointId, 'report-complete', `${jobName(key)}-${endedAt}`, {
    ...key,
    startedAt: came.first,
    since: endedAt,
  });
}
