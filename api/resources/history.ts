import * as z from 'zod/mini';
import { type EntryKind, entryKinds } from '../../csms/history/ports.js';
import { withoutSecrets } from '../../csms/without-secrets.js';
import { authorize } from '../authenticate.js';
import { readChargePoint } from '../known.js';
import { operation } from '../operation.js';
import { pageOf, pageReply, paging, rangeOf, timeRange } from '../pages.js';
import { ofChargePoint } from '../params.js';

/** What nobody understood may have anything in it, passwords too. */
const forOperators: EntryKind = 'frame';

const listHistory = operation({
  id: 'listHistory',
  method: 'GET',
  path: '/charge-points/{chargePointId}/history',
  summary:
    'What a charge point told and what happened to it, of all kinds or of one, the newest first; frame is what is to be repaired, for role operator and above',
  role: 'viewer',
  params: ofChargePoint,
  query: z.strictObject({
    ...paging,
    ...timeRange,
    kind: z.optional(z.enum(entryKinds)),
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
    if (kind === forOperators) authorize(caller, 'operator');
    const shown = entryKinds.filter((each) =>
      kind ? each === kind : caller.role !== 'viewer' || each !== forOperators,
    );
    await readChargePoint(params.chargePointId, ports);
    const found = await ports.historyRecords.list(params.chargePointId, shown, rangeOf({ from, to }), page);
    return pageReply(found, ({ chargePointId: _, detail, repair, ...entry }) => ({
      ...entry,
      detail: entry.kind === forOperators ? detail : withoutSecrets(detail),
      ...(repair && { repair: { status: repair.status, at: repair.at, by: repair.by } }),
    }));
  },
});

export const historyOperations = [listHistory];
