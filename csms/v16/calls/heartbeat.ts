import { heartbeat as beat } from '../../charge-points/heartbeat.js';
import type { Handler } from '../../ocpp/handler.js';

/** 4.6: the charge point is there, and sets its clock by the answer. */
export const heartbeat: Handler<'ocpp1.6', 'Heartbeat'> = async (_request, context) => beat(context);
