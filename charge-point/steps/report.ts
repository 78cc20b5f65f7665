import type { Play } from './step.js';
import { tell } from './tell.js';

export const report: Play<'report'> = async ({ status }, { chargePoint, messages, hardware }) => {
  for (let connector: number = messages.firstConnector; connector <= hardware.connectors; connector += 1) {
    const at = new Date(chargePoint.clock.now()).toISOString();
    await tell(chargePoint, 'StatusNotification', messages.statusNotification(connector, status, at));
  }
};
