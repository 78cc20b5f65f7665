import type { Handler } from '../../ocpp/handler.js';
import { pick } from '../../pick.js';
import { setLimit } from '../../smart-charging/limits.js';

/** K12, K23: somebody else, as an energy manager or the grid, limits the station; kept until it is cleared, and told. */
export const notifyChargingLimit: Handler<'ocpp2.1', 'NotifyChargingLimit'> = async (
  { evseId = 0, chargingLimit, chargingSchedule },
  context,
) => {
  await setLimit(
    {
      ...{ source: chargingLimit.chargingLimitSource, evseId },
      ...pick(chargingLimit, 'isGridCritical', 'isLocalGeneration'),
      ...(chargingSchedule && { schedules: chargingSchedule }),
    },
    context,
  );
  return {};
};
