import { dataTransfer as transfer } from '../../data-transfer.js';
import type { Handler } from '../../ocpp/handler.js';

/** P02: a vendor's own message. */
export const dataTransfer: Handler<'ocpp2.0.1', 'DataTransfer'> = ({ customData: _, ...request }, context) =>
  transfer(request, context);
