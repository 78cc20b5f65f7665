import { each } from '../each.js';
import type { HandlerContext } from '../ocpp/handler.js';
import type { InventoryItem, ItemKind } from './ports.js';

/** So many items of the store are written at once. */
const atOnce = 8;

/** Keeps what a charge point says that it has; it is so since the message was received. */
export async function putAll(
  kind: ItemKind,
  items: Pick<InventoryItem, 'key' | 'detail'>[],
  { chargePointId, receivedAt: at, inventory }: Pick<HandlerContext, 'chargePointId' | 'receivedAt' | 'inventory'>,
): Promise<void> {
  await each(items, atOnce, (item) => inventory.put({ chargePointId, kind, at, ...item }));
}
