import { dropItems } from '../../inventory/drop.js';
import type { Effect } from '../../ocpp/effect.js';

/** What sets the monitors that a base leaves; All leaves all. */
const leaves: Record<string, string[]> = {
  FactoryDefault: ['HardWiredMonitor', 'PreconfiguredMonitor'],
  HardWiredOnly: ['HardWiredMonitor'],
};

/**
 * N03.FR.04, N03.FR.05: monitors that are not of the base are gone, custom ones for example. So are those of which the station
 * has not said what set them, as none of 2.0.1 does: which are left, its next report tells.
 */
export const setMonitoringBase: Effect<'ocpp2.1', 'SetMonitoringBase'> = async (answered, context) => {
  const { request, response, at } = answered;
  const left = leaves[request.monitoringBase];
  if (response.status !== 'Accepted' || !left) return;
  const isGone = ({ eventNotificationType = '' }: { eventNotificationType?: string }) =>
    !left.includes(eventNotificationType);
  await dropItems('monitor', isGone, at, context);
};
