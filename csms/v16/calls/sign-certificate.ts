import type { Handler } from '../../ocpp/handler.js';
import { requestCertificate } from '../../security/certificate-request.js';

/** Security whitepaper A02, A03: the charge point wants a certificate for its connection, the only use that 1.6 has. */
export const signCertificate: Handler<'ocpp1.6', 'SignCertificate'> = ({ csr }, context) =>
  requestCertificate({ csr, certificateType: 'ChargingStationCertificate' }, context);
