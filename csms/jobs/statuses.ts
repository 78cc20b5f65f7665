import type { Job, JobKey, JobStatus } from './ports.js';

/** So many statuses of a job are kept. */
const kept = 50;

/** After these nothing more comes: whatever does is of a new run. */
const ends = new Set([
  ...['Installed', 'InstallationFailed', 'InstallVerificationFailed', 'InvalidSignature', 'DownloadFailed'],
  ...['Published', 'PublishFailed', 'InvalidChecksum'],
  ...['Uploaded', 'UploadFailed', 'UploadFailure', 'BadMessage', 'NotSupportedOperation', 'PermissionDenied'],
  'AcceptedCanceled',
]);

/** With these a run begins, also when the former one was never finished. */
const beginnings = new Set(['DownloadScheduled', 'Downloading', 'DownloadPaused', 'Uploading']);

/**
 * Statuses may come twice or late: they are ordered by when they were received. Of too many, those go first that only
 * repeat what stands before and after them, then the oldest.
 *
 * @returns the statuses with one more; undefined when it is among them
 */
export function withStatus(statuses: JobStatus[], told: JobStatus): JobStatus[] | undefined {
  if (statuses.some((known) => compare(known, told) === 0)) return undefined;
  const all = [...statuses, told].sort(compare);
  if (all.length <= kept) return all;
  const repeated = all.findIndex(({ status }, i) => status === all[i - 1]?.status && status === all[i + 1]?.status);
  return all.toSpliced(Math.max(repeated, 0), 1);
}

/**
 * 1.6 5.9, 5.19: requests without a number share a job. What was said before the last of them was sent is of former ones.
 *
 * @returns the statuses that are of the last
 */
export function ofRequest({ requestId, asked, statuses }: Pick<JobKey, 'requestId'> & Job): JobStatus[] {
  return requestId === undefined && asked ? statuses.filter(({ at }) => at >= asked.at) : statuses;
}

/** What stands at a job: its last status, since when it has been that, and when its last run began. */
export function current(statuses: JobStatus[]): { last: JobStatus; since: string; startedAt: string } | undefined {
  const last = statuses.at(-1);
  if (!last) return undefined;
  let [since, startedAt] = [last.at, last.at];
  for (const [i, { status, at }] of statuses.entries()) {
    const before = statuses[i - 1]?.status;
    if (status !== before) since = at;
    if (before === undefined || beginsRun(status, before)) startedAt = at;
  }
  return { last, since, startedAt };
}

/** Nothing more comes of its last run. */
export function hasEnded(statuses: JobStatus[]): boolean {
  return ends.has(statuses.at(-1)?.status ?? '');
}

function beginsRun(status: string, before: string): boolean {
  return (ends.has(before) && !ends.has(status)) || (beginnings.has(status) && !beginnings.has(before));
}

/** Two at the same time are in the order of the alphabet, so that it is always the same. */
function compare(a: JobStatus, b: JobStatus): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  if (a.status !== b.status) return a.status < b.status ? -1 : 1;
  return 0;
}
