import type { Handler } from '../../ocpp/handler.js';
import { pick } from '../../pick.js';
import { requestCertificate } from '../../security/certificate-request.js';

/** A02, A03: the station wants a certificate. 2.1 has one more use for them, and numbers its requests. */
export const signCertificate: Handler<'ocpp2.1', 'SignCertificate'> = async (request, context) =>
  requestCertificate(pick(request, 'csr', 'certificateType', 'requestId'), context);
