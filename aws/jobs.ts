import type { Clock } from '../csms/clock.js';
import { jobName } from '../csms/jobs/key.js';
import type { Job, JobKey, JobKind, Jobs } from '../csms/jobs/ports.js';
import type { JobRecord, JobRecords } from '../csms/jobs/records.js';
import { expiryAt } from './expiry.js';
import { queryPage } from './page.js';
import { changeItem, readItem } from './versioned-item.js';

/** One item per job, below its charge point; the range key is `{kind}#{requestId}`. */
export function dynamoJobs(TableName: string): Jobs {
  return {
    async change({ chargePointId, ...key }, transition) {
      let job: Job | undefined;
      await changeItem(TableName, { chargePointId, job: jobName(key) }, (item) => {
        const before = item?.record as Job | undefined;
        const after = transition(before);
        job = after ?? before;
        return after && { record: after, ...(after.expiresAt && { expires: expiryAt(after.expiresAt) }) };
      });
      return job;
    },
  };
}

/** The operator's side of the same items. */
export function dynamoJobRecords(TableName: string, clock: Clock): JobRecords {
  const isThere = ({ expiresAt }: Job) => expiresAt === undefined || new Date(expiresAt) > clock.now();
  return {
    async list(chargePointId, { kind }, page) {
      const found = await queryPage(
        {
          TableName,
          KeyConditionExpression: `chargePointId = :chargePointId${kind ? ' AND begins_with(job, :kind)' : ''}`,
          ExpressionAttributeValues: { ':chargePointId': chargePointId, ...(kind && { ':kind': `${kind}#` }) },
        },
        page,
      );
      const items = found.items.map(({ job, record }) => ({ chargePointId, ...keyOf(job), ...(record as Job) }));
      return { ...found, items: items.filter(isThere) };
    },

    async find({ chargePointId, ...key }) {
      const item = await readItem(TableName, { chargePointId, job: jobName(key) });
      const found: JobRecord | undefined = item && { chargePointId, ...key, ...(item.record as Job) };
      return found && isThere(found) ? found : undefined;
    },
  };
}

function keyOf(name: unknown): Omit<JobKey, 'chargePointId'> {
  const [kind = '', requestId = ''] = String(name).split('#');
  return { kind: kind as JobKind, ...(requestId !== '' && { requestId: Number(requestId) }) };
}
