import { asOf } from '../inventory/asked.js';
import { itemKey } from '../inventory/key.js';
import type { EffectContext } from '../ocpp/effect.js';
import type { ConnectorState } from './ports.js';

/** Whether a part of a charge point is to be in service. */
export interface Availability {
  /** 0 is the charge point as a whole. */
  evseId: number;
  /** 0 is the EVSE as a whole. */
  connectorId: number;
  operationalStatus: string;
  /** What the charge point said: Accepted, Scheduled (it will, when its transaction has ended) or Rejected. */
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

/** What is kept of it. */
type Asked = Pick<Availability, 'operationalStatus' | 'status'>;

/**
 * G03, G04/5.2: what was Scheduled is Accepted once all connectors that it is of say by their last status that it is so.
 * StatusNotification and NotifyEvent tell that, too often for each to look whether it is awaited: so nobody writes it down.
 * Whoever reads what was asked for sees it by what the connectors say, as long as they say so.
 *
 * @param key of the item: `{evseId}#{connectorId}`
 * @param connectors all of the charge point
 */
export function asConfirmed(key: string, asked: Asked, connectors: ConnectorState[]): Asked {
  if (asked.status !== 'Scheduled') return asked;
  const [evseId, connectorId] = key.split('#').map(Number);
  // A charge point of 1.6 need not tell a status of its connector 0, which is itself.
  const concerned = connectors.filter(
    (one) =>
      one.evseId !== 0 && (!evseId || one.evseId === evseId) && (!connectorId || one.connectorId === connectorId),
  );
  const isSo = concerned.length > 0 && concerned.every(({ status }) => isAs(asked.operationalStatus, status));
  return isSo ? { ...asked, status: 'Accepted' } : asked;
}

/** Faulted is neither: it is not in service, and will be when the fault is gone. */
function isAs(operationalStatus: string, status: string): boolean {
  if (operationalStatus === 'Inoperative') return status === 'Unavailable';
  return status !== 'Unavailable' && status !== 'Faulted';
}
