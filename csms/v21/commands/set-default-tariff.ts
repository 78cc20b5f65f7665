import { asOf } from '../../inventory/asked.js';
import type { Effect } from '../../ocpp/effect.js';

/** I08: a tariff holds for an EVSE, or with EVSE 0 for all, unless the driver has another. */
export const setDefaultTariff: Effect<'ocpp2.1', 'SetDefaultTariff'> = async ({ request, response, at }, context) => {
  if (response.status !== 'Accepted') return;
  const { evseId, tariff } = request;
  await asOf(at, context).put('tariff', tariff.tariffId, { tariffKind: 'DefaultTariff', evseIds: [evseId], tariff });
};
