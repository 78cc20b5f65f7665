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
  { chargePointId, receivedAt, events }: HandlerContext,
): Promise<{ status: 'Rejected' }> {
  const told = { ...request, code: 'certificate-not-signed' } as const;
  await events.emit(chargePointId, 'certificate-requested', receivedAt.toISOString(), told);
  return { status: 'Rejected' };
}
