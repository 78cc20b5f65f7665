import type { ConnectorStatus, Session } from '../messages/messages.js';
import { isCharging } from '../transactions/session.js';
import type { Play, Run } from './step.js';
import { tell } from './tell.js';

/** G01. */
export const report: Play<'report'> = async ({ status }, run) => {
  const { firstConnector } = run.messages;
  for (let connector: number = firstConnector; connector <= run.hardware.connectors; connector += 1) {
    await reportConnector(connector, status, run);
  }
};

export const reportSession: Play<'report session'> = (_step, run) =>
  reportConnector(run.connector, statusOf(run.session), run);

function statusOf(session: Session | undefined): ConnectorStatus {
  if (!session?.isPlugged) return 'Available';
  if (session.isEnded) return 'Finishing';
  return isCharging(session) ? 'Charging' : 'Preparing';
}

/** Nobody is told while there is no connection, nor twice in a row what the version has one word for. */
async function reportConnector(connector: number, status: ConnectorStatus, run: Run): Promise<void> {
  const { chargePoint, messages, reported, isOffline } = run;
  const word = messages.connectorStatus(status);
  if (isOffline || reported.get(connector) === word) return;
  reported.set(connector, word);
  const at = new Date(chargePoint.clock.now()).toISOString();
  await tell(chargePoint, 'StatusNotification', messages.statusNotification(connector, word, at));
}
