import { dataTransfer as transfer } from '../../data-transfer.js';
import type { Handler } from '../../ocpp/handler.js';

/** 4.3: a vendor's own message. */
export const dataTransfer: Handler<'ocpp1.6', 'DataTransfer'> = transfer;
