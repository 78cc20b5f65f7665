import * as z from 'zod/mini';
import { ChangedMeanwhile } from '../../csms/changed-meanwhile.js';
import type { KeptFrame, Repair } from '../../csms/history/kept-frames.js';
import { OcppError } from '../../csms/ocpp/errors.js';
import { hasMoney, repeated } from '../../csms/ocpp/failure.js';
import { callFrame } from '../../csms/ocpp/frame.js';
import type { Protocol } from '../../csms/ocpp/protocol.js';
import { knows, validateRequest } from '../../csms/ocpp/validate.js';
import { readChargePoint } from '../known.js';
import { operation } from '../operation.js';
import { pageOf, pageReply, paging } from '../pages.js';
import { chargePointId, nothing, ofChargePoint } from '../params.js';
import { payloadInvalid } from '../payload.js';
import type { ApiPorts } from '../ports.js';
import { Problem } from '../problem.js';
import { ulid } from '../ulid.js';
import { settledWithin, waited, waitOf } from '../wait.js';

const ofFrame = z.strictObject({ chargePointId, frameId: z.string().check(z.regex(/^[\w:.-]{1,60}$/)) });

const shownRepair = z.object({
  status: z.enum(['asked', 'repaired', 'refused', 'dismissed']),
  at: z.string(),
  by: z.string(),
  action: z.optional(z.string()),
  payload: z.optional(z.unknown()),
  reason: z.optional(z.string()),
  answer: z.optional(z.looseObject({})),
});

const shownFrame = z.object({
  chargePointId: z.string(),
  frameId: z.string(),
  receivedAt: z.string(),
  protocol: z.string(),
  action: z.string(),
  code: z.string(),
  why: z.string(),
  frame: z.string(),
  repair: z.optional(shownRepair),
});

function shown({ chargePointId, frameId, detail, repair }: KeptFrame): object {
  const { receivedAt, protocol, action, code, why, frame } = detail;
  const told = { chargePointId, frameId, receivedAt, protocol, action, code, why, frame };
  if (!repair) return told;
  const { id: _, payload, ...rest } = repair;
  return { ...told, repair: { ...rest, ...(payload !== undefined && { payload: JSON.parse(payload) }) } };
}

const listFrames = operation({
  id: 'listFrames',
  method: 'GET',
  path: '/frames',
  summary: 'Frames with money in them that wait for somebody to repair or dismiss them, the oldest first',
  role: 'operator',
  params: nothing,
  query: z.strictObject(paging),
  answers: { 200: { description: 'A page of them', schema: pageOf(shownFrame) } },
  example: { status: 200 },
  async handle({ query }, { keptFrameRecords }) {
    return pageReply(await keptFrameRecords.open(query), shown);
  },
});

const listOfChargePoint = operation({
  id: 'listFramesOfChargePoint',
  method: 'GET',
  path: '/charge-points/{chargePointId}/frames',
  summary: "A charge point's frames with money in them that could not be understood, the newest first",
  role: 'operator',
  params: ofChargePoint,
  query: z.strictObject(paging),
  answers: { 200: { description: 'A page of them, also of those that are done with', schema: pageOf(shownFrame) } },
  example: { params: { chargePointId: 'CP1' }, status: 200 },
  async handle({ params, query }, ports) {
    await readChargePoint(params.chargePointId, ports);
    return pageReply(await ports.keptFrameRecords.of(params.chargePointId, query), shown);
  },
});

const getFrame = operation({
  id: 'getFrame',
  method: 'GET',
  path: '/charge-points/{chargePointId}/frames/{frameId}',
  summary: 'A frame that could not be understood, and what was made of it',
  role: 'operator',
  params: ofFrame,
  query: nothing,
  answers: { 200: { description: 'It', schema: shownFrame } },
  example: { params: { chargePointId: 'CP1', frameId: '2026-05-20T10:00:00.000Z-00112233445566aa' }, status: 200 },
  async handle({ params }, ports) {
    return { status: 200, body: shown(await readFrame(params, ports)) };
  },
});

const repairFrame = operation({
  id: 'repairFrame',
  method: 'POST',
  path: '/charge-points/{chargePointId}/frames/{frameId}/repair',
  summary: 'Has the corrected payload its effect, as if the charge point had sent it when the frame came',
  role: 'operator',
  params: ofFrame,
  query: nothing,
  body: z.strictObject({
    payload: z.record(z.string(), z.unknown()),
    action: z.optional(z.string().check(z.regex(/^[A-Za-z0-9]{1,60}$/))),
  }),
  isWaitedFor: true,
  answers: {
    200: { description: 'It was repaired while you waited, or long ago, or refused', schema: shownFrame },
    202: { description: 'It is under way', schema: shownFrame },
  },
  example: {
    params: { chargePointId: 'CP1', frameId: '2026-05-20T10:00:00.000Z-00112233445566aa' },
    body: {
      payload: {
        ...{ eventType: 'Ended', timestamp: '2026-05-20T09:59:58Z', triggerReason: 'StopAuthorized', seqNo: 2 },
        transactionInfo: { transactionId: 'tx-1' },
      },
    },
    status: 202,
  },
  async handle({ params, body, caller, headers }, ports) {
    const kept = await readFrame(params, ports);
    const { connectionId, protocol, receivedAt } = kept.detail;
    const { action = kept.detail.action } = body;
    const payload = JSON.stringify(body.payload);
    await check(protocol, action, body.payload);
    const before = kept.repair;
    const isSame = before?.action === action && before.payload === payload;
    if (before?.status === 'repaired' && isSame) return { status: 200, body: shown(kept) };
    const asked: Repair = isSame && before.status === 'asked' ? before : asking(action, payload, caller.id, ports);
    if (asked !== before) await mark(kept, asked, ports);
    const origin = { connectionId, protocol, receivedAt: new Date(receivedAt), repairs: kept.frameId };
    await ports.topics.in(kept.chargePointId, callFrame(asked.id, action, payload), origin);

    const seconds = waitOf(headers);
    const isSettled = ({ repair }: KeptFrame) => repair?.status !== 'asked';
    const look = () => ports.keptFrames.find(kept.chargePointId, kept.frameId);
    const latest = await settledWithin(seconds, { ...kept, repair: asked }, { isSettled, look }, ports);
    return { status: isSettled(latest) ? 200 : 202, body: shown(latest), headers: waited(seconds) };
  },
});

function asking(action: string, payload: string, by: string, { clock }: Pick<ApiPorts, 'clock'>): Repair {
  const now = clock.now();
  return { id: ulid(now), status: 'asked', at: now.toISOString(), by, action, payload };
}

/** As strictly as any version is: whoever corrects something has no excuse. @throws {Problem} */
async function check(protocol: Protocol, action: string, payload: object): Promise<void> {
  if (!hasMoney(action) || !knows(protocol, action)) {
    const known = repeated.filter((each) => knows(protocol, each)).join(', ');
    throw new Problem('action-unknown', `Take one of ${known}: the frame is of ${protocol}.`, { protocol });
  }
  try {
    await validateRequest(protocol, action, payload);
  } catch (error) {
    throw error instanceof OcppError ? payloadInvalid(error) : error;
  }
}

const dismissFrame = operation({
  id: 'dismissFrame',
  method: 'POST',
  path: '/charge-points/{chargePointId}/frames/{frameId}/dismiss',
  summary: 'Says that a frame needs no repair, and why',
  role: 'operator',
  params: ofFrame,
  query: nothing,
  body: z.strictObject({ reason: z.string().check(z.trim(), z.minLength(1), z.maxLength(500)) }),
  answers: { 200: { description: 'It waits for nobody any more', schema: shownFrame } },
  example: {
    params: { chargePointId: 'CP1', frameId: '2026-05-20T10:00:00.000Z-00112233445566aa' },
    body: { reason: 'Sent again an hour later, and understood' },
    status: 200,
  },
  async handle({ params, body: { reason }, caller }, ports) {
    const kept = await readFrame(params, ports);
    const now = ports.clock.now();
    const repair: Repair = { id: ulid(now), status: 'dismissed', at: now.toISOString(), by: caller.id, reason };
    if (kept.repair?.status === 'dismissed' && kept.repair.reason === reason) return { status: 200, body: shown(kept) };
    await mark(kept, repair, ports);
    return { status: 200, body: shown({ ...kept, repair }) };
  },
});

/** @throws {Problem} when it is repaired, or about to be */
async function mark(
  { chargePointId: id, frameId, repair: before }: KeptFrame,
  repair: Repair,
  { keptFrames }: Pick<ApiPorts, 'keptFrames'>,
): Promise<void> {
  const isUnderWay = before?.status === 'asked' && repair.status === 'asked';
  if (before?.status === 'repaired' || isUnderWay) {
    const told = isUnderWay
      ? 'Wait for its repair, or dismiss it first.'
      : 'Read it: it was repaired, which is for good.';
    throw new Problem('frame-done', told);
  }
  if (!(await keptFrames.mark(id, frameId, repair, before))) throw new ChangedMeanwhile();
}

async function readFrame(params: z.infer<typeof ofFrame>, ports: ApiPorts): Promise<KeptFrame> {
  await readChargePoint(params.chargePointId, ports);
  const found = await ports.keptFrames.find(params.chargePointId, params.frameId);
  if (found) return found;
  throw new Problem('frame-unknown', 'List the frames of the charge point for those that are kept.');
}

export const frameOperations = [listFrames, listOfChargePoint, getFrame, repairFrame, dismissFrame];
