import type { Play } from './step.js';
import { tell } from './tell.js';

/** G02. Ends with the charge point only. */
export const heartbeats: Play<'heartbeats'> = async (_step, { chargePoint, messages, heartbeatInterval }) => {
  for (;;) {
    await chargePoint.clock.wait(heartbeatInterval, chargePoint.signal);
    await tell(chargePoint, 'Heartbeat', messages.heartbeat());
  }
};
