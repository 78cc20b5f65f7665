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
  transaction(session, { what, at, wh, isOffline, reason }) {
    const { connector, idToken, transactionId, told: seqNo } = session;
    const eventType = what === 'ended' ? 'Ended' : seqNo === 0 ? 'Started' : 'Updated';
    const context = eventType === 'Updated' ? 'Sample.Periodic' : `Transaction.${seqNo === 0 ? 'Begin' : 'End'}`;
    const isTokenTold = what === 'authorized' || reason === 'Local';
    const payload = {
      eventType,
      timestamp: at,
      triggerReason: triggerReason(what, reason),
      seqNo,
      ...(isOffline && { offline: true }),
      transactionInfo: { transactionId, chargingState: chargingState(session, what), stoppedReason: reason },
      ...(isTokenTold && idToken && { idToken: tokenOf(idToken) }),
      evse: { id: connector, connectorId: 1 },
      meterValue: [{ timestamp: at, sampledValue: [{ value: wh, context, unitOfMeasure: { unit: 'Wh' } }] }],
    };
    return { action: 'TransactionEvent', payload: () => payload, answered: () => {} };
  },
};

function tokenOf(idToken: string): { idToken: string; type: string } {
  return { idToken, type: 'ISO14443' };
}

function chargingState({ isPlugged, idToken }: Session, what: Happening['what']): string {
  if (!isPlugged) return 'Idle';
  return idToken && what !== 'ended' ? 'Charging' : 'EVConnected';
}

const endTriggers: Record<StopReason, string> = {
  Local: 'StopAuthorized',
  EVDisconnected: 'EVCommunicationLost',
  DeAuthorized: 'Deauthorized',
  PowerLoss: 'AbnormalCondition',
};

function triggerReason(what: Happening['what'], reason: StopReason = 'Local'): string {
  switch (what) {
    case 'plugged':
      return 'CablePluggedIn';
    case 'authorized':
      return 'Authorized';
    case 'sampled':
      return 'MeterValuePeriodic';
    case 'ended':
      return endTriggers[reason];
  }
}
