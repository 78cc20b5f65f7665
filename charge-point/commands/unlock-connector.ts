import { happened, isCharging } from '../transactions/session.js';
import { andThen, type Take } from './take.js';

/** 5.18: what is charging ends first. */
export const unlockConnector: Take<{ connectorId: number }> = ({ connectorId }, run) => {
  if (connectorId !== run.connector) return { status: 'NotSupported' };
  return andThen({ status: 'Unlocked' }, run, async () => {
    if (isCharging(run.session)) happened(run, run.session, 'ended', 'UnlockCommand');
  });
};

/** F05: not while somebody is charging. */
export const unlockConnectorOf2: Take<{ evseId: number; connectorId: number }> = ({ evseId, connectorId }, run) => {
  if (evseId !== run.connector || connectorId !== 1) return { status: 'UnknownConnector' };
  return { status: isCharging(run.session) ? 'OngoingAuthorizedTransaction' : 'Unlocked' };
};
