import { asOf } from '../../inventory/asked.js';
import type { Effect } from '../../ocpp/effect.js';

/** N06: monitors are gone; so are those that the station does not find. */
export const clearVariableMonitoring: Effect<'ocpp2.1', 'ClearVariableMonitoring'> = async (answered, context) => {
  const { response, at } = answered;
  for (const { id, status } of response.clearMonitoringResult) {
    if (status !== 'Rejected') await asOf(at, context).remove('monitor', id);
  }
};
