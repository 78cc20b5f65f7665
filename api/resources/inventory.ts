import * as z from 'zod/mini';
import { asConfirmed } from '../../csms/connectors/availability.js';
import type { InventoryItem, ItemKind } from '../../csms/inventory/ports.js';
import { withoutSecrets } from '../../csms/without-secrets.js';
import { readChargePoint } from '../known.js';
import { operation } from '../operation.js';
import { pageOf, pageReply, paging } from '../pages.js';
import { ofChargePoint } from '../params.js';
import type { ApiPorts } from '../ports.js';

/** Of what is known of a charge point, that which it has; numbers and the like are the system's own. */
const kinds = [
  'availability',
  'certificate',
  'charging-limit',
  'charging-needs',
  'charging-profile',
  'charging-schedule',
  'composite-schedule',
  'der-activity',
  'der-control',
  'display-message',
  'event-stream',
  'local-list',
  'monitor',
  'network-profile',
  'priority-charging',
  'published-firmware',
  'remote-start',
  'tariff',
] as const satisfies ItemKind[];

const listInventory = operation({
  id: 'listInventory',
  method: 'GET',
  path: '/charge-points/{chargePointId}/inventory',
  summary: 'What a charge point has, of one kind, as last known: certificates, charging profiles, its local list',
  role: 'viewer',
  params: ofChargePoint,
  query: z.strictObject({ ...paging, kind: z.enum(kinds) }),
  answers: {
    200: {
      description: 'A page of it',
      schema: pageOf(
        z.object({
          kind: z.string(),
          key: z.string(),
          /** Since when it is so, as far as is known. */
          at: z.string(),
          detail: z.looseObject({}),
          until: z.optional(z.string()),
        }),
      ),
    },
  },
  example: { params: { chargePointId: 'CP1' }, query: { kind: 'certificate' }, status: 200 },
  async handle({ params, query: { kind, ...page } }, ports) {
    await readChargePoint(params.chargePointId, ports);
    const found = await ports.inventoryRecords.list(params.chargePointId, kind, page);
    const items = kind === 'availability' ? await confirmed(found.items, ports) : found.items;
    return pageReply({ ...found, items }, ({ chargePointId: _, detail, ...item }) => ({
      ...item,
      detail: withoutSecrets(detail),
    }));
  },
});

/** Connectors are read where one of them may have done by now what it was Scheduled for. */
async function confirmed(items: InventoryItem[], { connectorRecords }: ApiPorts): Promise<InventoryItem[]> {
  const asked = items.map((item) => ({
    ...item,
    detail: item.detail as { operationalStatus: string; status: string },
  }));
  const scheduled = asked.find(({ detail }) => detail.status === 'Scheduled');
  if (!scheduled) return items;
  const connectors = await connectorRecords.list(scheduled.chargePointId);
  return asked.map((item) => ({ ...item, detail: asConfirmed(item.key, item.detail, connectors) }));
}

export const inventoryOperations = [listInventory];
