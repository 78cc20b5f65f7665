import type { Handler } from '../../ocpp/handler.js';

/** K28: the station asks for new limits of a dynamic profile; Rejected, since nobody here computes any. */
export const pullDynamicScheduleUpdate: Handler<'ocpp2.1', 'PullDynamicScheduleUpdate'> = async () => ({
  status: 'Rejected',
  statusInfo: { reasonCode: 'UnsupportedRequest', additionalInfo: 'No dynamic schedules are computed.' },
});
