import type { Effect } from '../../ocpp/effect.js';
import { pick } from '../../pick.js';
import { recordInstalled } from '../../security/certificates.js';

/** M03: which certificates are installed. */
export const getInstalledCertificateIds: Effect<'ocpp2.1', 'GetInstalledCertificateIds'> = async (
  answered,
  context,
) => {
  const { certificateHashDataChain = [] } = answered.response;
  const installed = certificateHashDataChain.map((chain) =>
    pick(chain, 'certificateType', 'certificateHashData', 'childCertificateHashData'),
  );
  await recordInstalled(installed, answered.request.certificateType, answered.at, context);
};
