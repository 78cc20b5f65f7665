import { recordMeterValues } from '../../meter-values/record.js';
import type { Handler } from '../../ocpp/handler.js';
import { meterValue } from '../meter-value.js';

/** 4.7: what the meter of a connector shows, within a transaction or not; connector 0 is the charge point's own meter. */
export const meterValues: Handler<'ocpp1.6', 'MeterValues'> = async (request, context) => {
  const { connectorId, transactionId, meterValue: sent } = request;
  await recordMeterValues(
    { evseId: connectorId, meterValues: sent.map(meterValue), ...(transactionId !== undefined && { transactionId }) },
    context,
  );
  return {};
};
