import type { HandlerContext } from '../ocpp/handler.js';
import type { ItemKind } from './ports.js';

/**
 * A charge point has those of a kind no more, as of `at`: what was told of one later stays.
 *
 * @param isMeant told of the detail of each
 */
export async function dropItems(
  kind: ItemKind,
  isMeant: (detail: object) => boolean,
  at: Date,
  { chargePointId, inventory }: Pick<HandlerContext, 'chargePointId' | 'inventory'>,
): Promise<void> {
  const known = await inventory.list(chargePointId, kind);
  const meant = known.filter((item) => item.at <= at && isMeant(item.detail));
  for (const { key } of meant) await inventory.remove(chargePointId, kind, key, at);
}
