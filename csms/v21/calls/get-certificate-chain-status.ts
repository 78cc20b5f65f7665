import type { Handler } from '../../ocpp/handler.js';

/**
 * M07: the revocation status of a chain's certificates; each is Failed, since nobody here asks OCSP responders or reads
 * revocation lists. It may be asked for again at once.
 */
export const getCertificateChainStatus: Handler<'ocpp2.1', 'GetCertificateChainStatus'> = async (
  { certificateStatusRequests },
  { receivedAt },
) => ({
  certificateStatus: certificateStatusRequests.map(({ certificateHashData, source }) => ({
    ...{ certificateHashData, source, status: 'Failed' },
    nextUpdate: receivedAt.toISOString(),
  })),
});
