import type { Effect } from '../../ocpp/effect.js';
import { recordInstallation } from '../../security/certificates.js';

/** Security whitepaper M05: a certificate is installed. */
export const installCertificate: Effect<'ocpp1.6', 'InstallCertificate'> = async (answered, context) => {
  const { request, response, at } = answered;
  if (response.status === 'Accepted') await recordInstallation(request, at, context);
};
