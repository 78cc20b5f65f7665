import type { Effect } from '../../ocpp/effect.js';
import { recordDeleted } from '../../security/certificates.js';

/** M04: a certificate is not installed any more, or never was. */
export const deleteCertificate: Effect<'ocpp2.1', 'DeleteCertificate'> = async ({ request, response, at }, context) => {
  if (response.status !== 'Failed') await recordDeleted(request.certificateHashData, at, context);
};
