import { putAll } from '../../inventory/put-all.js';
import type { Handler } from '../../ocpp/handler.js';
import { pick } from '../../pick.js';

/** K15, K17: what the vehicle means to draw; the last at an EVSE is kept, and Accepted, which approves of nothing. */
export const notifyEVChargingSchedule: Handler<'ocpp2.1', 'NotifyEVChargingSchedule'> = async (request, context) => {
  const detail = pick(
    request,
    ...(['evseId', 'timeBase', 'chargingSchedule'] as const),
    ...(['selectedChargingScheduleId', 'powerToleranceAcceptance'] as const),
  );
  await putAll('charging-schedule', [{ key: String(request.evseId), detail }], context);
  return { status: 'Accepted' };
};
