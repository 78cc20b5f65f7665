import type { Effect } from '../../ocpp/effect.js';
import { recordInstalled } from '../../security/certificates.js';

/** Whitepaper 4.6: which certificates of a type are installed. */
export const getInstalledCertificateIds: Effect<'ocpp1.6', 'GetInstalledCertificateIds'> = async (
  answered,
  context,
) => {
  const { certificateType } = answered.request;
  const { certificateHashData = [] } = answered.response;
  const installed = certificateHashData.map((hash) => ({ certificateType, certificateHashData: hash }));
  await recordInstalled(installed, [certificateType], answered.at, context);
};
