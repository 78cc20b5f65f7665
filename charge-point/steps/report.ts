import type { ConnectorStatus } from '../messages/messages.js';
import { reservationOf } from '../transactions/reservations.js';
import { isCharging } from '../transactions/session.js';
import type { Play, Run } from './step.js';
import { tell } from './tell.js';

/** G01. */
export const report: Play<'report'> = async (_step, run) => {
  const { firstConnector } = run.messages;
  for (let connector: number = firstConnector; connector <= run.hardware.connectors; connector += 1) {
    await reportConnector(connector, run);
  }
};

export const reportSession: Play<'report session'> = (_step, run) => reportConnector(run.connector, run);

/** As it is now; connector 0 is the charge point itself. */
export function statusOf(connector: number, run: Run): ConnectorStatus {
  const { session, outOfService } = run;
  if (connector === run.connector && session?.isPlugged) {
    if (session.isEnded) return 'Finishing';
    return isCharging(session) ? 'Charging' : 'Preparing';
  }
  if (outOfService.has(0) || outOfService.has(connector)) return 'Unavailable';
  return connector === run.connector && reservationOf(run) ? 'Reserved' : 'Available';
}

/** Nobody is told while there is no connection, nor twice in a row what the version has one word for. */
async function reportConnector(connector: number, run: Run): Promise<void> {
  const { chargePoint, messages, reported, gate } = run;
  await gate.passed(chargePoint.signal);
  const word = messages.connectorStatus(statusOf(connector, run));
  if (run.isOffline || reported.get(connector) === word) return;
  reported.set(connector, word);
  const at = new Date(chargePoint.clock.now()).toISOString();
  await tell(run, 'StatusNotification', messages.statusNotification(connector, word, at));
}
