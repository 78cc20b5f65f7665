import type { Requests } from '../../../schemas/generated/ocpp2.1/types.js';
import { recordMeterValues } from '../../meter-values/record.js';
import type { HandlerContext } from '../../ocpp/handler.js';
import { meterValue } from '../meter-value.js';

/** J01: what a meter shows outside transactions. 2.1 has more measurands, so what takes its request serves both. */
export async function meterValues(
  { evseId, meterValue: sent }: Requests['MeterValues'],
  context: HandlerContext,
): Promise<Record<string, never>> {
  await recordMeterValues({ evseId, meterValues: sent.map(meterValue) }, context);
  return {};
}
