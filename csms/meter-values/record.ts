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
  // A charge point that has no transaction may well say 0, or -1.
  if (transactionId === undefined || transactionId <= 0) {
    return context.meterValues.add({ chargePointId, evseId, meterValues, receivedAt });
  }
  const readings = { chargePointId, transactionId: String(transactionId), evseId, meterValues, receivedAt };
  const at = new Date(Math.max(...meterValues.map(({ at }) => Date.parse(at))));
  const known = await record({ type: 'updated', ...readings, protocol, at, isKnownOnly: true }, context);
  if (!known) await context.meterValues.add(readings);
}
