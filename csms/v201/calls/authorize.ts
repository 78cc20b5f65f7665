import type { Responses } from '../../../schemas/generated/ocpp2.0.1/types.js';
import type { Requests } from '../../../schemas/generated/ocpp2.1/types.js';
import { authorize as decide } from '../../id-tokens/authorize.js';
import type { HandlerContext } from '../../ocpp/handler.js';
import { idTokenInfo } from '../id-token-info.js';

/**
 * C01, C07: somebody presented a token and wants to charge. 2.1 leaves the token's type open, where 2.0.1 lists eight: what
 * takes 2.1's request and gives 2.0.1's response serves both.
 */
export async function authorize(
  { idToken: { idToken, type }, certificate, iso15118CertificateHashData }: Requests['Authorize'],
  context: HandlerContext,
): Promise<Responses['Authorize']> {
  const hasCertificate = certificate !== undefined || iso15118CertificateHashData !== undefined;
  const { certificateStatus, ...authorization } = await decide({ idToken, type, hasCertificate }, context);
  return { idTokenInfo: idTokenInfo(authorization), ...(certificateStatus && { certificateStatus }) };
}
