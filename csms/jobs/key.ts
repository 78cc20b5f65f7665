import type { JobKey } from './ports.js';

/** Tells a job from the charge point's others, in keys and in the ids of events. */
export function jobName({ kind, requestId }: Pick<JobKey, 'kind' | 'requestId'>): string {
  return `${kind}#${requestId ?? ''}`;
}
