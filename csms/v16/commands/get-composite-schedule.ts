import { keepSchedule } from '../../charging-profiles/schedule.js';
import type { Effect } from '../../ocpp/effect.js';
import { pick } from '../../pick.js';

/** 5.7: what a connector is to draw. What of it the charge point leaves out is as it was asked for. */
export const getCompositeSchedule: Effect<'ocpp1.6', 'GetCompositeSchedule'> = async (answered, context) => {
  const { request, response, at } = answered;
  const { status, connectorId: evseId = request.connectorId, chargingSchedule } = response;
  if (status !== 'Accepted' || !chargingSchedule) return;
  const { scheduleStart = chargingSchedule.startSchedule ?? at.toISOString() } = response;
  const { duration = request.duration } = chargingSchedule;
  const told = pick(chargingSchedule, 'chargingRateUnit', 'chargingSchedulePeriod');
  await keepSchedule({ evseId, duration, scheduleStart, ...told }, at, context);
};
