import * as z from 'zod/mini';
import { firmwareKey, nameIn, uploadFolder } from '../../csms/files/keys.js';
import type { StoredFile } from '../../csms/files/ports.js';
import { isComplete } from '../../csms/jobs/parts.js';
import type { Asked, JobKind, Parts } from '../../csms/jobs/ports.js';
import type { JobRecord } from '../../csms/jobs/records.js';
import { current, hasEnded, ofRequest } from '../../csms/jobs/statuses.js';
import { readChargePoint } from '../known.js';
import { operation } from '../operation.js';
import { pageOf, pageReply, paging } from '../pages.js';
import { chargePointId, nothing, ofChargePoint } from '../params.js';
import type { ApiPorts } from '../ports.js';
import { Problem } from '../problem.js';
import { shownUrl, urlOf } from './files.js';

const kinds = [
  ...['firmware', 'firmware-publishing', 'log', 'diagnostics'],
  ...['report', 'monitoring-report', 'customer-information'],
  ...['display-messages', 'charging-profiles', 'der-controls'],
] as JobKind[];
const kind = z.enum(kinds);

/** In the place of the number of a request, where a job has none, as most have in 1.6. */
const numberless = 'none';
const ofJob = z.strictObject({ chargePointId, kind, requestId: z.string().check(z.regex(/^(?:none|-?\d{1,10})$/)) });

const times = z.object({ first: z.string(), last: z.string() });
const shownJob = z.object({
  kind: z.string(),
  requestId: z.optional(z.number()),
  /** The last that the charge point said, since when that is so, and when this run of it began. */
  status: z.optional(z.string()),
  since: z.optional(z.string()),
  startedAt: z.optional(z.string()),
  isOver: z.boolean(),
  asked: z.optional(
    z.object({
      at: z.string(),
      commandId: z.string(),
      location: z.optional(z.string()),
      firmware: z.optional(z.string()),
      fileName: z.optional(z.string()),
      request: z.optional(z.looseObject({})),
    }),
  ),
});
const shownWhole = z.extend(shownJob, {
  statuses: z.array(z.looseObject({ status: z.string(), at: z.string() })),
  parts: z.optional(
    z.object({
      isComplete: z.boolean(),
      receivedAt: times,
      came: z.optional(z.array(z.tuple([z.number(), z.number()]))),
      last: z.optional(z.number()),
      generatedAt: z.optional(z.string()),
    }),
  ),
  /** What customer information says. */
  text: z.optional(z.string()),
  textIsCut: z.optional(z.boolean()),
  expiresAt: z.optional(z.string()),
  files: z.array(z.extend(z.partial(shownUrl), { name: z.string(), size: z.number(), at: z.string() })),
});

function shown(job: JobRecord): z.infer<typeof shownJob> {
  const { kind, requestId, asked } = job;
  const statuses = ofRequest(job);
  const now = current(statuses);
  return {
    ...{ kind, ...(requestId !== undefined && { requestId }) },
    ...(now && { status: now.last.status, since: now.since, startedAt: now.startedAt }),
    isOver: hasEnded(statuses) || now?.last.status === 'Complete',
    ...(asked && { asked: shownRequest(asked) }),
  };
}

function shownRequest({ file, request, ...asked }: Asked): z.infer<typeof shownJob>['asked'] {
  return {
    ...asked,
    ...(file?.startsWith(firmwareKey('')) && { firmware: nameIn(file) }),
    ...(request && { request: request as Record<string, unknown> }),
  };
}

/** @param mayRead what is somebody's own, or may have something secret in it */
async function shownWholly(job: JobRecord, mayRead: boolean, ports: ApiPorts): Promise<object> {
  const { statuses, expiresAt } = job;
  // Where nothing has come since it was asked for, they are of a former report with its number.
  const { parts, unnumbered }: Partial<JobRecord> = statuses.length > 0 ? job : {};
  const { texts, textsAreCut } = parts ?? {};
  const files = await uploadedFor(job, ports);
  return {
    ...shown(job),
    statuses,
    ...(parts && { parts: shownParts(parts) }),
    ...(unnumbered && {
      parts: { isComplete: unnumbered.endedAt !== undefined, receivedAt: unnumbered.receivedAt },
    }),
    ...(mayRead && texts && { text: inOrder(texts), textIsCut: textsAreCut === true }),
    ...(expiresAt && { expiresAt }),
    files: files.map((file) => {
      const { key, size, at } = file;
      return { name: nameIn(key), size, at, ...(mayRead && urlOf(file, ports)) };
    }),
  };
}

function shownParts(parts: Parts): z.infer<typeof shownWhole>['parts'] {
  const { came, last, generatedAt, receivedAt } = parts;
  return {
    ...{ isComplete: isComplete(parts), receivedAt, generatedAt },
    came: came.map(([from, to]): [number, number] => [from, to]),
    ...(last !== undefined && { last }),
  };
}

function inOrder(texts: Record<number, string>): string {
  const parts = Object.entries(texts).sort(([a], [b]) => Number(a) - Number(b));
  return parts.map(([, text]) => text).join('');
}

/** What the charge point uploaded, whether or not it said so. */
async function uploadedFor(
  { chargePointId: id, kind, requestId, asked }: JobRecord,
  { files }: Pick<ApiPorts, 'files'>,
): Promise<StoredFile[]> {
  if (kind !== 'log' && kind !== 'diagnostics') return [];
  const ofNumber = requestId === undefined ? undefined : uploadFolder({ chargePointId: id, kind, requestId });
  const folder = asked?.file ?? ofNumber;
  return folder === undefined ? [] : files.find(folder);
}

const listJobs = operation({
  id: 'listJobs',
  method: 'GET',
  path: '/charge-points/{chargePointId}/jobs',
  summary: 'What a charge point was asked for and takes its time with: firmware, logs and reports, by kind and number',
  role: 'viewer',
  params: ofChargePoint,
  query: z.strictObject({ ...paging, kind: z.optional(kind) }),
  answers: { 200: { description: 'A page of it', schema: pageOf(shownJob) } },
  example: { params: { chargePointId: 'CP1' }, query: { kind: 'log' }, status: 200 },
  async handle({ params, query: { kind, ...page } }, ports) {
    await readChargePoint(params.chargePointId, ports);
    return pageReply(await ports.jobRecords.list(params.chargePointId, { kind }, page), shown);
  },
});

const getJob = operation({
  id: 'getJob',
  method: 'GET',
  path: '/charge-points/{chargePointId}/jobs/{kind}/{requestId}',
  summary:
    'A job, with all that was said of it and the files that were uploaded; requestId is none where the request has no number. Where the files are to be had, for a quarter of an hour, is told from role operator on',
  role: 'viewer',
  params: ofJob,
  query: nothing,
  answers: { 200: { description: 'It', schema: shownWhole } },
  example: { params: { chargePointId: 'CP1', kind: 'log', requestId: '7' }, status: 200 },
  async handle({ params: { requestId, ...key }, caller }, ports) {
    await readChargePoint(key.chargePointId, ports);
    const job = await ports.jobRecords.find({
      ...key,
      ...(requestId !== numberless && { requestId: Number(requestId) }),
    });
    if (job) return { status: 200, body: await shownWholly(job, caller.role !== 'viewer', ports) };
    throw new Problem('job-unknown', 'List the jobs of the charge point for those that are known.');
  },
});

export const jobOperations = [listJobs, getJob];
