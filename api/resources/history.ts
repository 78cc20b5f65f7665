import * as z from 'zod/mini';
import type { EntryKind } from '../../csms/history/ports.js';
import { withoutSecrets } from '../../csms/without-secrets.js';
import { authorize } from '../authenticate.js';
import { operation } from '../operation.js';
import { pageOf, pageReply, paging, rangeOf, timeRange } from '../pages.js';
import { ofChargePoint, readChargePoint } from './charge-points.js';

const kinds = [
  'frame',
  'security-event',
  'monitor-event',
  'stream-values',
  'battery-swap',
  'settlement',
  'der-alarm',
] as const satisfies EntryKind[];

const listHistory = operation({
  id: 'listHistory',
  method: 'GET',
  path: '/charge-points/{chargePointId}/history',
  summary:
    'What a charge point told and is kept, of one kind, the newest first; frame is what is to be repaired, for role operator and above',
  role: 'viewer',
  params: ofChargePoint,
  query: z.strictObject({
    ...paging,
    ...timeRange,
    kind: z.enum(kinds),
  }),
  answers: {
    200: {
      description: 'A page of it',
      schema: pageOf(
        z.object({
          ...{ kind: z.string(), at: z.string(), id: z.string(), detail: z.looseObject({}) },
          repair: z.optional(z.object({ status: z.string(), at: z.string(), by: z.string() })),
        }),
      ),
    },
  },
  example: { params: { chargePointId: 'CP1' }, query: { kind: 'security-event' }, status: 200 },
  async handle({ params, query: { kind, from, to, ...page }, caller }, ports) {
    // A frame that nobody understood may have anything in it, passwords too.
    if (kind === 'frame') authorize(caller, 'operator');
    await readChargePoint(params.chargePointId, ports);
    const found = await ports.historyRecords.list(params.chargePointId, kind, rangeOf({ from, to }), page);
    return pageReply(found, ({ chargePointId: _, detail, repair, ...entry }) => ({
      ...entry,
      detail: kind === 'frame' ? detail : withoutSecrets(detail),
      ...(repair && { repair: { status: repair.status, at: repair.at, by: repair.by } }),
    }));
  },
});

export const historyOperations = [listHistory];
