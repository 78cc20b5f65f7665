import type { HandlerContext } from '../ocpp/handler.js';
import { pick } from '../pick.js';
import { jobName } from './key.js';
import type { JobKind, JobStatus, ReportKind } from './ports.js';
import { current, ofRequest, withStatus } from './statuses.js';

type Told = Omit<JobStatus, 'at'> & { kind: Exclude<JobKind, ReportKind>; requestId?: number };

/**
 * L01, N01: a charge point tells how far it is with an update, a publishing or an upload. `Idle` is what it answers when it
 * is asked and has none.
 */
export async function reportJobStatus(
  { kind, requestId, statusInfo, ...status }: Told,
  { chargePointId, receivedAt, jobs, events }: Pick<HandlerContext, 'chargePointId' | 'receivedAt' | 'jobs' | 'events'>,
): Promise<void> {
  if (status.status === 'Idle') return;
  // Without what a vendor adds to it, which may be anything, also what no store keeps.
  const told = { ...status, ...(statusInfo && { statusInfo: pick(statusInfo, 'reasonCode', 'additionalInfo') }) };
  const at = receivedAt.toISOString();
  const key = { kind, ...(requestId !== undefined && { requestId }) };
  const job = await jobs.change({ chargePointId, ...key }, (known) => {
    const statuses = withStatus(known?.statuses ?? [], { ...told, at });
    return statuses && { ...known, statuses };
  });
  const now = current(job ? ofRequest({ ...key, ...job }) : []);
  if (now?.last.at !== at || now.last.status !== told.status) return;
  const { since, startedAt } = now;
  await events.emit(chargePointId, 'job-status', `${jobName(key)}-${told.status}-${at}`, {
    ...key,
    ...told,
    since,
    startedAt,
  });
}
