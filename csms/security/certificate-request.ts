import { tell } from '../history/tell.js';
import type { HandlerContext } from '../ocpp/handler.js';

/** A CSR, and what its certificate is for. */
export interface CertificateRequest {
  /** PEM. */
  csr: string;
  /** As 2.x spells it; without it the certificate is for all that the charge point does. */
  certificateType?: string;
  /** 2.1 only. */
  requestId?: number;
}

/** A02.FR.11: nobody here can sign a certificate, so a charge point that wants one is told no, and whoever can is told. */
export async function requestCertificate(
  request: CertificateRequest,
  context: HandlerContext,
): Promise<{ status: 'Rejected' }> {
  const { chargePointId, receivedAt: at } = context;
  const detail = { ...request, code: 'certificate-not-signed' } as const;
  await tell({ chargePointId, name: 'certificate-requested', id: at.toISOString(), at, detail }, context);
  return { status: 'Rejected' };
}
