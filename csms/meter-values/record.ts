import type { HandlerContext } from '../ocpp/handler.js';
import { record } from '../transactions/record.js';
import type { MeterValue } from './ports.js';

/**
 * J01/4.7: keeps what a meter showed.
 *
 * @param transactionId 1.6 only, which tells of a transaction's meter by MeterValues; 2.x does by TransactionEvent
 */
export async function recordMeterValues(
  { evseId, transactionId, meterValues }: { evseId: number; transactionId?: number; meterValues: MeterValue[] },
  context: HandlerContext,
): Promise<void> {
  const { chargePointId, protocol, receivedAt } = context;
  // The schema of 1.6 allows none at all.
  if (meterValues.length === 0) return;
  const id = transactionId === undefined ? await openOn(evseId, context) : String(transactionId);
  const outside = { chargePointId, evseId, meterValues, receivedAt };
  // A charge point that has no transaction may well say 0, or -1.
  if (id === undefined || Number(id) <= 0) return context.meterValues.add(outside);
  const readings = { ...outside, transactionId: id };
  const at = new Date(Math.max(...meterValues.map(({ at }) => Date.parse(at))));
  const isUnnamed = transactionId === undefined;
  const known = await record({ type: 'updated', ...readings, protocol, at, isKnownOnly: true, isUnnamed }, context);
  if (!known) await context.meterValues.add(isUnnamed ? outside : readings);
}

/**
 * 1.6 6.31: a charge point may leave the transaction out. What a connector shows is then of the one that is open on it;
 * connector 0 is the charge point's own meter.
 */
async function openOn(
  evseId: number,
  { chargePointId, protocol, transactions }: HandlerContext,
): Promise<string | undefined> {
  if (protocol !== 'ocpp1.6' || evseId === 0) return undefined;
  const [id, ...others] = await transactions.openOn(chargePointId, evseId);
  return others.length === 0 ? id : undefined;
}
