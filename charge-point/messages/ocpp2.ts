import type { Happening, Messages, Session, StopReason } from './messages.js';

/** OCPP 2.0.1 and 2.1: alike in these messages. */
export const ocpp2: Messages = {
  firstConnector: 1,
  bootNotification: ({ vendor, model, serial, version }, reason) => ({
    reason,
    chargingStation: { serialNumber: serial, model, vendorName: vendor, firmwareVersion: version },
  }),
  connectorStatus: (status) => (['Preparing', 'Charging', 'Finishing'].includes(status) ? 'Occupied' : status),
  statusNotification: (connector, status, at) => ({
    timestamp: at,
    connectorStatus: status,
    evseId: connector,
    connectorId: 1,
  }),
  heartbeat: () => ({}),
  authorize: (idToken) => ({ idToken: tokenOf(idToken) }),
  authorization: ({ idTokenInfo }) => (idTokenInfo as { status: string } | undefined)?.status,
  meterValues: (connector, wh, at) => ({ evseId: connector, meterValue: [meterValue('Trigger', wh, at)] }),
  transaction(session, { what, at, wh, isOffline, reason }) {
    const { connector, idToken, transactionId, told: seqNo, remoteStartId, reservationId } = session;
    const eventType = what === 'ended' ? 'Ended' : seqNo === 0 ? 'Started' : 'Updated';
    const stoppedReason = reason && ends[reason].stopped;
    const isTokenTold = what === 'authorized' || what === 'started remotely' || reason === 'Local';
    const payload = {
      eventType,
      timestamp: at,
      triggerReason: reason ? ends[reason].trigger : triggers[what],
      seqNo,
      ...(isOffline && { offline: true }),
      ...(what !== 'ended' && reservationId !== undefined && { reservationId }),
      transactionInfo: {
        ...{ transactionId, chargingState: chargingState(session, what), stoppedReason },
        ...(what === 'started remotely' && { remoteStartId }),
      },
      ...(isTokenTold && idToken && { idToken: tokenOf(idToken) }),
      evse: { id: connector, connectorId: 1 },
      meterValue: [meterValue(contexts[what] ?? (seqNo === 0 ? 'Transaction.Begin' : 'Sample.Periodic'), wh, at)],
    };
    return { action: 'TransactionEvent', payload: () => payload, answered: () => {} };
  },
};

function meterValue(context: string, wh: number, at: string): object {
  return { timestamp: at, sampledValue: [{ value: wh, context, unitOfMeasure: { unit: 'Wh' } }] };
}

function tokenOf(idToken: string): { idToken: string; type: string } {
  return { idToken, type: 'ISO14443' };
}

function chargingState({ isPlugged, idToken }: Session, what: Happening['what']): string {
  if (!isPlugged) return 'Idle';
  return idToken && what !== 'ended' ? 'Charging' : 'EVConnected';
}

/** Where it doesn't follow from what was told before. */
const contexts: Partial<Record<Happening['what'], string>> = { ended: 'Transaction.End', 'asked for': 'Trigger' };

const triggers: Record<Happening['what'], string> = {
  plugged: 'CablePluggedIn',
  authorized: 'Authorized',
  'started remotely': 'RemoteStart',
  sampled: 'MeterValuePeriodic',
  'asked for': 'Trigger',
  ended: 'StopAuthorized',
};

const ends: Record<StopReason, { trigger: string; stopped: string }> = {
  Local: { trigger: 'StopAuthorized', stopped: 'Local' },
  EVDisconnected: { trigger: 'EVCommunicationLost', stopped: 'EVDisconnected' },
  DeAuthorized: { trigger: 'Deauthorized', stopped: 'DeAuthorized' },
  PowerLoss: { trigger: 'AbnormalCondition', stopped: 'PowerLoss' },
  Remote: { trigger: 'RemoteStop', stopped: 'Remote' },
  SoftReset: { trigger: 'ResetCommand', stopped: 'ImmediateReset' },
  HardReset: { trigger: 'ResetCommand', stopped: 'ImmediateReset' },
  UnlockCommand: { trigger: 'UnlockCommand', stopped: 'Other' },
};
