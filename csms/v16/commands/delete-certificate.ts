import type { Effect } from '../../ocpp/effect.js';
import { recordDeleted } from '../../security/certificates.js';

/** Whitepaper 4.3: a certificate is not installed any more, or never was. */
export const deleteCertificate: Effect<'ocpp1.6', 'DeleteCertificate'> = async ({ request, response, at }, context) => {
  if (response.status !== 'Failed') await recordDeleted(request.certificateHashData, at, context);
};
