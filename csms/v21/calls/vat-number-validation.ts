import type { Handler } from '../../ocpp/handler.js';
import { pick } from '../../pick.js';

/** C18: whether a VAT number is one, and whose; Rejected, since nobody here looks it up: none goes on a receipt unchecked. */
export const vatNumberValidation: Handler<'ocpp2.1', 'VatNumberValidation'> = async (request) => ({
  ...pick(request, 'vatNumber', 'evseId'),
  status: 'Rejected',
  statusInfo: { reasonCode: 'UnsupportedRequest', additionalInfo: 'VAT numbers are not looked up.' },
});
