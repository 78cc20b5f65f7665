import type { NotifyEVChargingNeedsRequest } from '../../schemas/generated/ocpp2.1/types.js';
import { credible } from '../credible.js';
import { dateTime } from '../ocpp/date-time.js';
import { pick } from '../pick.js';
import type { ChargingNeeds } from '../smart-charging/needs.js';

/** What 2.x says of the vehicle at an EVSE. 2.1 also says when it said so. */
export function needsOf(
  { evseId, chargingNeeds, timestamp, ...request }: NotifyEVChargingNeedsRequest,
  { receivedAt }: { receivedAt: Date },
): ChargingNeeds {
  return {
    evseId,
    at: timestamp === undefined ? receivedAt : credible(dateTime(timestamp), receivedAt),
    ...pick(chargingNeeds, 'requestedEnergyTransfer', 'departureTime'),
    ...pick(request, 'maxScheduleTuples'),
    chargingNeeds,
  };
}
