import type { Handler } from '../../ocpp/handler.js';

/** M06: the OCSP status of a certificate; the answer is Failed, since nobody here asks OCSP responders. */
export const getCertificateStatus: Handler<'ocpp2.1', 'GetCertificateStatus'> = async () => ({
  status: 'Failed',
  statusInfo: { reasonCode: 'UnsupportedRequest', additionalInfo: 'No OCSP responder is asked.' },
});
