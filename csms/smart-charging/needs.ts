import type { HandlerContext } from '../ocpp/handler.js';

/** What the vehicle at an EVSE wants. */
export interface ChargingNeeds {
  evseId: number;
  at: Date;
  /** AC_three_phase or DC, and what else OCPP knows. */
  requestedEnergyTransfer: string;
  /** ISO 8601. */
  departureTime?: string;
  /** The largest number of schedule tuples that it takes. */
  maxScheduleTuples?: number;
  /** As OCPP has them. */
  chargingNeeds: object;
}

/** K15, K17: keeps what a vehicle wants, and tells it, for whoever makes schedules. The last one at an EVSE holds. */
export async function keepNeeds(
  { at, ...detail }: ChargingNeeds,
  { chargePointId, inventory, events }: HandlerContext,
): Promise<void> {
  const { evseId, chargingNeeds: _, ...told } = detail;
  const isNewest = await inventory.put({ chargePointId, kind: 'charging-needs', key: String(evseId), at, detail });
  if (!isNewest) return;
  const time = at.toISOString();
  await events.emit(chargePointId, 'charging-needs', `${evseId}-${time}`, { evseId, at: time, ...told });
}
