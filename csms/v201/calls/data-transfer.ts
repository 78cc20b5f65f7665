import { dataTransfer as transfer } from '../../data-transfer.js';
import type { Handler } from '../../ocpp/handler.js';
import { pick } from '../../pick.js';

/** P02: a vendor's own message. */
export const dataTransfer: Handler<'ocpp2.0.1', 'DataTransfer'> = (request, context) =>
  transfer(pick(request, 'vendorId', 'messageId', 'data'), context);
