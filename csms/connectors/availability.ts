import { asOf } from '../inventory/asked.js';
import { itemKey } from '../inventory/key.js';
import type { EffectContext } from '../ocpp/effect.js';

/** Whether a part of a charge point is to be in service. */
export interface Availability {
  /** 0 is the charge point as a whole. */
  evseId: number;
  /** 0 is the EVSE as a whole. */
  connectorId: number;
  operationalStatus: string;
  /** What the charge point said: Accepted, Scheduled (when its transaction has ended) or Rejected. */
  status: string;
}

/** G03, G04/5.2: keeps what was asked for, unless the charge point refused it. */
export async function recordAvailability(
  { evseId, connectorId, ...asked }: Availability,
  at: Date,
  context: EffectContext,
): Promise<void> {
  if (asked.status === 'Rejected') return;
  await asOf(at, context).put('availability', itemKey(evseId, connectorId), asked);
}
