import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobName } from '../../csms/jobs/key.js';
import type { Job, JobKey, Jobs } from '../../csms/jobs/ports.js';
import type { JobRecords } from '../../csms/jobs/records.js';
import type { PageRequest } from '../../csms/page.js';
import { SettableClock } from '../memory/clock.js';
import { MemoryJobs } from '../memory/jobs.js';
import { MemoryJobRecords } from '../memory/records.js';
import { atOnce } from '../memory/turn.js';
import { item, startDynamoDb } from './dynamodb.js';

let ids = 0;
const nextKey = (): JobKey => ({ chargePointId: `CP${++ids}`, kind: 'firmware', requestId: 7 });
const at = (n: number) => `2026-01-02T03:04:${String(n).padStart(2, '0')}.000Z`;

const clock = new SettableClock();

function contract(make: () => Promise<{ jobs: Jobs; records: JobRecords }>) {
  let jobs: Jobs;
  let records: JobRecords;
  beforeAll(async () => {
    ({ jobs, records } = await make());
  });

  const tell = (key: JobKey, status: string, n = 0) =>
    jobs.change(key, (job) => ({ statuses: [...(job?.statuses ?? []), { status, at: at(n) }] }));
  const read = (key: JobKey) => jobs.change(key, () => undefined);

  it('knows nothing of a job that nobody told of', async () => {
    expect(await read(nextKey())).toBeUndefined();
  });

  it('returns what was put there, then and later, with all it may say', async () => {
    const key = nextKey();
    const job: Job = {
      statuses: [
        { status: 'Receiving', at: at(0) },
        {
          status: 'Published',
          at: at(1),
          location: ['https://a'],
          statusInfo: { reasonCode: 'a', additionalInfo: 'b' },
        },
      ],
      parts: {
        ...{ came: [[0, 2] as const, [4, 4] as const], last: 4, generatedAt: at(2), formerUntil: at(1) },
        receivedAt: { first: at(0), last: at(3) },
      },
    };
    expect(await jobs.change(key, () => job)).toEqual(job);
    expect(await read(key)).toEqual(job);
  });

  it('keeps what a report says, by the numbers of its parts, and what is known of parts without numbers', async () => {
    const key = nextKey();
    const job = {
      statuses: [],
      parts: {
        ...{ came: [[0, 1] as const], generatedAt: at(1), receivedAt: { first: at(0), last: at(1) } },
        ...{ texts: { 0: 'Jane ', 1: 'ü' }, textsAreCut: true as const },
      },
      unnumbered: { receivedAt: { first: at(0), last: at(1) }, endedAt: at(1), formerUntil: at(0) },
      expiresAt: '2026-01-09T03:04:05.000Z',
    };
    await jobs.change(key, () => job);
    expect(await read(key)).toEqual(job);
  });

  it('returns it unchanged when there is nothing to change', async () => {
    const key = nextKey();
    const job = await tell(key, 'Downloading');
    expect(await read(key)).toEqual(job);
  });

  it('keeps numbers, kinds and charge points apart, and the job without a number', async () => {
    const key = nextKey();
    const { requestId: _, ...numberless } = key;
    const others: JobKey[] = [{ ...key, requestId: 0 }, { ...key, kind: 'log' }, numberless, nextKey()];
    await tell(key, 'Downloading');
    for (const other of others) expect(await read(other)).toBeUndefined();
  });

  describe('for operators', () => {
    const numbered = (chargePointId: string): JobKey[] => [
      { chargePointId, kind: 'firmware' },
      { chargePointId, kind: 'firmware', requestId: -7 },
      { chargePointId, kind: 'firmware-publishing', requestId: 1 },
      { chargePointId, kind: 'log', requestId: 2_147_483_647 },
    ];
    /** By way of pages as short as can be. */
    const list = async (chargePointId: string, filter: Parameters<JobRecords['list']>[1]) => {
      const found: unknown[] = [];
      let page: PageRequest | undefined = { limit: 1 };
      while (page) {
        const { items, cursor } = await records.list(chargePointId, filter, page);
        found.push(...items);
        page = cursor === undefined ? undefined : { limit: 1, cursor };
      }
      return found;
    };

    it('they are listed by kind and number, all or those of a kind', async () => {
      const [{ chargePointId }, other] = [nextKey(), nextKey()];
      const keys = numbered(chargePointId);
      for (const key of [...keys, other].reverse()) await tell(key, 'Accepted');
      const statuses = [{ status: 'Accepted', at: at(0) }];
      expect(await list(chargePointId, {})).toEqual(keys.map((key) => ({ ...key, statuses })));
      expect(await list(chargePointId, { kind: 'firmware' })).toEqual(
        keys.slice(0, 2).map((key) => ({ ...key, statuses })),
      );
      expect(await list(chargePointId, { kind: 'report' })).toEqual([]);
    });

    it('one is found by its key', async () => {
      for (const key of numbered(nextKey().chargePointId)) {
        expect(await records.find(key)).toBeUndefined();
        await tell(key, 'Uploading');
        expect(await records.find(key)).toEqual({ ...key, statuses: [{ status: 'Uploading', at: at(0) }] });
      }
    });

    it('what has expired is none, however long it is still stored', async () => {
      const key = nextKey();
      await jobs.change(key, () => ({ statuses: [], expiresAt: new Date(clock.millis + 1_000).toISOString() }));
      expect(await records.find(key)).toBeDefined();
      clock.advance(1_000);
      expect(await records.find(key)).toBeUndefined();
      expect(await list(key.chargePointId, {})).toEqual([]);
    });
  });

  it('loses none of several changes at once', async () => {
    const key = nextKey();
    await Promise.all([1, 2, 3, 4].map((n) => tell(key, `S${n}`, n)));
    expect((await read(key))?.statuses.map(({ status }) => status).sort()).toEqual(['S1', 'S2', 'S3', 'S4']);
  });
}

describe('Jobs in memory', () =>
  contract(async () => {
    const jobs = new MemoryJobs(atOnce);
    return { jobs, records: new MemoryJobRecords(jobs, clock) };
  }));

describe('Jobs in DynamoDB', () => {
  let stop: () => Promise<void>;
  beforeAll(async () => {
    stop = await startDynamoDb();
  });
  afterAll(() => stop());
  const stores = async () => {
    const { dynamoJobs, dynamoJobRecords } = await import('../../aws/jobs.js');
    return { jobs: dynamoJobs('JobsTable'), records: dynamoJobRecords('JobsTable', clock) };
  };
  contract(stores);

  it('lets DynamoDB delete what expires, and nothing else', async () => {
    const { jobs } = await stores();
    const [key, other] = [nextKey(), nextKey()];
    await jobs.change(key, () => ({ statuses: [], expiresAt: '2026-01-09T03:04:05.999Z' }));
    await jobs.change(other, () => ({ statuses: [] }));
    const expires = async ({ chargePointId, ...job }: JobKey) =>
      (await item('JobsTable', { chargePointId, job: jobName(job) }))?.expires;
    expect([await expires(key), await expires(other)]).toEqual([Date.parse('2026-01-09T03:04:06Z') / 1_000, undefined]);
  });
});
