import { asOf } from '../../inventory/asked.js';
import type { Effect } from '../../ocpp/effect.js';

/** I10: tariffs are in force no more; nor are those that the station does not know. */
export const clearTariffs: Effect<'ocpp2.1', 'ClearTariffs'> = async ({ response, at }, context) => {
  for (const { tariffId, status } of response.clearTariffsResult) {
    if (tariffId !== undefined && status !== 'Rejected') await asOf(at, context).remove('tariff', tariffId);
  }
};
