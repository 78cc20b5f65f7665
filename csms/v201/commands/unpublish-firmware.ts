import { unpublished } from '../../jobs/publication.js';
import type { Effect } from '../../ocpp/effect.js';

/** L04: a local controller has a firmware no more, or never had; DownloadOngoing, it still has it. */
export const unpublishFirmware: Effect<'ocpp2.1', 'UnpublishFirmware'> = async ({ request, response, at }, context) => {
  if (response.status !== 'DownloadOngoing') await unpublished(request.checksum, at, context);
};
