import { publicationAccepted } from '../../jobs/publication.js';
import type { Effect } from '../../ocpp/effect.js';

/** L03: a local controller is to have a firmware for its charging stations. */
export const publishFirmware: Effect<'ocpp2.1', 'PublishFirmware'> = async (answered, context) => {
  const { request, response, command, at } = answered;
  if (response.status === 'Accepted') await publicationAccepted(request, { command, at }, context);
};
