import type { Play } from './step.js';
import { tell } from './tell.js';

/** G01. Nobody is told while there is no connection, nor twice in a row what the version has one word for. */
export const report: Play<'report'> = async ({ status, of }, run) => {
  const { chargePoint, messages, hardware, reported } = run;
  if (run.isOffline) return;
  const word = messages.connectorStatus(status);
  const [first, last] = of ? [run.connector, run.connector] : [messages.firstConnector, hardware.connectors];
  for (let connector = first; connector <= last; connector += 1) {
    if (reported.get(connector) === word) continue;
    reported.set(connector, word);
    const at = new Date(chargePoint.clock.now()).toISOString();
    await tell(chargePoint, 'StatusNotification', messages.statusNotification(connector, word, at));
  }
};
