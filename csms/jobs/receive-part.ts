import type { HandlerContext } from '../ocpp/handler.js';
import { jobName } from './key.js';
import { isComplete, type Part, withPart } from './parts.js';
import type { ReportKind } from './ports.js';

/** A part of a report has come, and what it says is recorded. When no part is missing any more, that is told. */
export async function receivePart(
  { kind, requestId, ...part }: Omit<Part, 'receivedAt'> & { kind: ReportKind; requestId: number },
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
