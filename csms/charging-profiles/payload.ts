import type { Protocol } from '../ocpp/protocol.js';
import { setChargingProfile as v16 } from '../v16/set-charging-profile.js';
import { setChargingProfile as v2x } from '../v201/set-charging-profile.js';
import type { NamedProfile, Use } from './library.js';

/** SetChargingProfile of a profile of the library, for a charge point of a version. */
export function payloadOf(profile: NamedProfile, use: Use, protocol: Protocol): object {
  return protocol === 'ocpp1.6' ? v16(profile, use) : v2x(profile, use);
}
