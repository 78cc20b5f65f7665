import type { Handler } from '../../ocpp/handler.js';

/**
 * M01, M02: a vehicle wants a contract certificate; the answer is Failed, since nobody here has a certificate provisioning
 * service to ask.
 */
export const get15118EVCertificate: Handler<'ocpp2.1', 'Get15118EVCertificate'> = async () => ({
  status: 'Failed',
  statusInfo: { reasonCode: 'UnsupportedRequest', additionalInfo: 'No contract certificates are provided.' },
  exiResponse: '',
});
