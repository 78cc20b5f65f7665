import type { Page, PageRequest } from '../page.js';
import type { Job, JobKey, JobKind } from './ports.js';

export type JobRecord = JobKey & Job;

/** What an operator reads of jobs. What has expired is none. */
export interface JobRecords {
  /** A charge point's, of one kind if that is named: by kind and number, which are compared as texts. */
  list(chargePointId: string, filter: { kind?: JobKind | undefined }, page: PageRequest): Promise<Page<JobRecord>>;
  /** Strongly consistent. */
  find(key: JobKey): Promise<JobRecord | undefined>;
}
