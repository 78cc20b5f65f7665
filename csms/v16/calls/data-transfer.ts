import { dataTransfer as transfer } from '../../data-transfer.js';
import type { Handler } from '../../ocpp/handler.js';
import { pick } from '../../pick.js';

/** 4.3: a vendor's own message. */
export const dataTransfer: Handler<'ocpp1.6', 'DataTransfer'> = (request, context) =>
  transfer(pick(request, 'vendorId', 'messageId', 'data'), context);
