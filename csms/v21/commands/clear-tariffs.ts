import type { Effect } from '../../ocpp/effect.js';
import { takeFrom, tariffsOf } from '../tariffs.js';

/** I10: tariffs are in force no more, at an EVSE if one is named; nor are those that the station does not know. */
export const clearTariffs: Effect<'ocpp2.1', 'ClearTariffs'> = async ({ request, response, at }, context) => {
  const known = await tariffsOf(context);
  for (const { tariffId: key, status } of response.clearTariffsResult) {
    if (key === undefined || status === 'Rejected') continue;
    const tariff = known.find((one) => one.key === key) ?? { key, detail: {} };
    await takeFrom(tariff, request.evseId ?? 0, at, context);
  }
};
