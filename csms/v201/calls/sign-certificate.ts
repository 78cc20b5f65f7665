import type { Requests, Responses } from '../../../schemas/generated/ocpp2.1/types.js';
import type { HandlerContext } from '../../ocpp/handler.js';
import { pick } from '../../pick.js';
import { requestCertificate } from '../../security/certificate-request.js';

/** A02, A03: the station wants a certificate. 2.1 has one more use for them, and numbers its requests. */
export async function signCertificate(
  request: Requests['SignCertificate'],
  context: HandlerContext,
): Promise<Responses['SignCertificate']> {
  return requestCertificate(pick(request, 'csr', 'certificateType', 'requestId'), context);
}
