import { heartbeat as beat } from '../../charge-points/heartbeat.js';
import type { Handler } from '../../ocpp/handler.js';

/** G02: the station is there, and sets its clock by the answer. */
export const heartbeat: Handler<'ocpp2.0.1', 'Heartbeat'> = async (_request, context) => beat(context);
