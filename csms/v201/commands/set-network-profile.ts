import { asOf } from '../../inventory/asked.js';
import type { Effect } from '../../ocpp/effect.js';
import { pick } from '../../pick.js';

/** B09: the station knows another way to a CSMS. Its passwords are not kept. */
export const setNetworkProfile: Effect<'ocpp2.1', 'SetNetworkProfile'> = async ({ request, response, at }, context) => {
  if (response.status !== 'Accepted') return;
  const { configurationSlot, connectionData } = request;
  const detail = pick(
    connectionData,
    ...(['ocppInterface', 'ocppTransport', 'ocppVersion', 'ocppCsmsUrl', 'messageTimeout', 'securityProfile'] as const),
  );
  await asOf(at, context).put('network-profile', configurationSlot, detail);
};
