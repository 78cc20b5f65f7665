import type { Command } from '../commands/ports.js';
import { sentAt } from '../commands/sent-at.js';
import { keyIn, withoutSecrets } from '../files/locations.js';
import type { EffectContext } from '../ocpp/effect.js';
import { isOver } from './parts.js';
import type { Asked, Job, JobKey } from './ports.js';
import { reportJobStatus } from './report-status.js';
import { hasEnded, ofRequest } from './statuses.js';

/** What a charge point took on. */
export interface Opened extends Omit<JobKey, 'chargePointId'>, Pick<Asked, 'fileName' | 'request'> {
  /** Where it is to upload to or to download from, as it was told. */
  location?: string;
}

interface Accepted {
  command: Command;
  at: Date;
}

/**
 * A charge point took a job on. What it said of it before merges, and of several with one key the newest request holds. What
 * a report said before it was asked for is of a former one with its number.
 *
 * @returns the job as it is now
 */
export async function openJob(
  { kind, requestId, location, ...more }: Opened,
  { command, at }: Accepted,
  { chargePointId, jobs }: EffectContext,
): Promise<Job | undefined> {
  const file = location && keyIn(location);
  const asked: Asked = {
    ...{ at: sentAt(command, at), commandId: command.commandId, ...more },
    ...(location && { location: withoutSecrets(location) }),
    ...(file && { file }),
  };
  return jobs.change({ chargePointId, kind, ...(requestId !== undefined && { requestId }) }, (job) => {
    const known = isOver(job, asked.at) ? undefined : job;
    const isNews = !known?.asked || (known.asked.at <= asked.at && known.asked.commandId !== asked.commandId);
    if (!isNews) return undefined;
    const isFormer = (known?.parts ?? known?.unnumbered) && (known.statuses.at(-1)?.at ?? '') < asked.at;
    return { ...known, asked, statuses: !known || isFormer ? [] : known.statuses };
  });
}

/**
 * The same of a job of which a charge point does one at a time.
 *
 * @param status AcceptedCanceled: the former one is given up for it
 */
export async function openOnlyJob(
  { kind, requestId, ...job }: Opened & { kind: 'firmware' | 'log' | 'diagnostics' },
  { status, command, at }: Accepted & { status?: string },
  context: EffectContext,
): Promise<void> {
  const key = { kind, ...(requestId !== undefined && { requestId }) };
  const { chargePointId, inventory, jobs } = context;
  const newest = await inventory.find(chargePointId, 'job', kind);
  const former = newest && newest.at < at ? (newest.detail as Pick<JobKey, 'requestId'>) : undefined;
  if (status === 'AcceptedCanceled' && former && former.requestId !== requestId) {
    const known = await jobs.change({ chargePointId, kind, ...former }, () => undefined);
    if (known && !hasEnded(ofRequest({ ...former, ...known }))) {
      await reportJobStatus({ kind, ...former, status: 'AcceptedCanceled' }, { ...context, receivedAt: at });
    }
  }
  await openJob({ ...key, ...job }, { command, at }, context);
  await inventory.put({
    chargePointId,
    kind: 'job',
    key: kind,
    at,
    detail: requestId === undefined ? {} : { requestId },
  });
}
