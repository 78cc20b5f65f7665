import { jobName } from '../csms/jobs/key.js';
import type { Job, Jobs } from '../csms/jobs/ports.js';
import { changeItem } from './versioned-item.js';

/** One item per job, below its charge point; the range key is `{kind}#{requestId}`. */
export function dynamoJobs(TableName: string): Jobs {
  return {
    async change({ chargePointId, ...key }, transition) {
      let job: Job | undefined;
      await changeItem(TableName, { chargePointId, job: jobName(key) }, (item) => {
        const before = item?.record as Job | undefined;
        const after = transition(before);
        job = after ?? before;
        return after && { record: after, ...(after.expiresAt && { expires: seconds(after.expiresAt) }) };
      });
      return job;
    },
  };
}

function seconds(time: string): number {
  return Math.floor(Date.parse(time) / 1_000);
}
