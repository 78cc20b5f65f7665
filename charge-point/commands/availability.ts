import { once } from 'node:events';
import { playSteps } from '../steps/plays.js';
import type { Run } from '../steps/step.js';
import { endedSignal, isTaken } from '../transactions/session.js';
import { andThen, type Take } from './take.js';

type Operation = 'Operative' | 'Inoperative';

/** 5.2: connector 0 is the charge point with all that it has. */
export const changeAvailability: Take<{ connectorId: number; type: Operation }> = ({ connectorId, type }, run) =>
  change(connectorId, type, run);

/** G03, G04. */
export const changeAvailabilityOf2: Take<{ operationalStatus: Operation; evse?: { id: number } }> = (
  { operationalStatus, evse },
  run,
) => change(evse?.id ?? 0, operationalStatus, run);

function change(connector: number, operation: Operation, run: Run) {
  const { session, outOfService, hardware } = run;
  if (connector > hardware.connectors) return { status: 'Rejected' };
  const apply = async () => {
    if (operation === 'Inoperative') outOfService.add(connector);
    else outOfService.delete(connector);
    await playSteps([{ do: 'report' }], run);
  };
  const isInUse = isTaken(session) && [0, run.connector].includes(connector);
  if (operation === 'Operative' || !isInUse) return andThen({ status: 'Accepted' }, run, apply);
  return andThen({ status: 'Scheduled' }, run, async () => {
    await once(endedSignal(session), 'abort', { signal: run.chargePoint.signal });
    await apply();
  });
}
