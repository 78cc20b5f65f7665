import { itemKey } from '../inventory/key.js';
import type { HandlerContext } from '../ocpp/handler.js';

/** What others than the CSMS allow a charge point to draw. */
export interface ChargingLimit {
  /** Who: EMS, SO or CSO, or what else 2.1 knows. */
  source: string;
  /** 0 is the charge point as a whole. */
  evseId: number;
  isGridCritical?: boolean;
  /** 2.1: it is no limit, but what is generated on the spot and comes on top. */
  isLocalGeneration?: boolean;
  /** As OCPP has them. */
  schedules?: object[];
}

/** K12, K23: somebody else limits a charge point, or allows it more. */
export async function setLimit(
  { source, evseId, schedules, ...detail }: ChargingLimit,
  { chargePointId, receivedAt: at, inventory, events }: HandlerContext,
): Promise<void> {
  const item = { chargePointId, kind: 'charging-limit', key: itemKey(source, evseId), at } as const;
  const isNewest = await inventory.put({ ...item, detail: { source, evseId, ...detail, schedules } });
  if (!isNewest) return;
  const id = `${source}-${evseId}-${at.toISOString()}`;
  await events.emit(chargePointId, 'charging-limit', id, { source, evseId, ...detail });
}

/** K13: that limit holds no more. One for the charge point as a whole leaves those of its EVSEs, and the other way round. */
export async function clearLimit(
  { source, evseId }: Pick<ChargingLimit, 'source' | 'evseId'>,
  { chargePointId, receivedAt: at, inventory, events }: HandlerContext,
): Promise<void> {
  const isNewest = await inventory.remove(chargePointId, 'charging-limit', itemKey(source, evseId), at);
  if (!isNewest) return;
  const id = `${source}-${evseId}-${at.toISOString()}`;
  await events.emit(chargePointId, 'charging-limit', id, { source, evseId, cleared: true });
}
