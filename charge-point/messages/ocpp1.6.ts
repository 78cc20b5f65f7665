import type { Payload } from '../client/frames.js';
import type { Happening, Messages, Session, TransactionMessage } from './messages.js';

/** What is said of a transaction whose start was never answered. */
const noTransaction = -1;

/** OCPP 1.6. It has no boot reason. */
export const ocpp16: Messages = {
  firstConnector: 0,
  bootNotification: ({ vendor, model, serial, version }) => ({
    chargePointVendor: vendor,
    chargePointModel: model,
    chargePointSerialNumber: serial,
    firmwareVersion: version,
  }),
  connectorStatus: (status) => status,
  statusNotification: (connector, status, at) => ({
    connectorId: connector,
    errorCode: status === 'Faulted' ? 'OtherError' : 'NoError',
    status,
    timestamp: at,
  }),
  heartbeat: () => ({}),
  authorize: (idToken) => ({ idTag: idToken }),
  authorization: ({ idTagInfo }) => (idTagInfo as { status: string } | undefined)?.status,
  meterValues: (connector, wh, at) => ({ connectorId: connector, meterValue: [meterValue('Trigger', wh, at)] }),
  transaction(session, happening) {
    const isBegun = session.told > 0;
    if (happening.what === 'sampled') return meterValues(session, happening, 'Sample.Periodic');
    if (happening.what === 'asked for') return meterValues(session, happening, 'Trigger');
    if (happening.what === 'ended') return isBegun ? stopTransaction(session, happening) : undefined;
    return session.isPlugged && session.idToken ? startTransaction(session, happening) : undefined;
  },
};

function meterValue(context: string, wh: number, at: string): object {
  return { timestamp: at, sampledValue: [{ value: String(wh), context, unit: 'Wh' }] };
}

function startTransaction(session: Session, { at, wh }: Happening): TransactionMessage {
  const { connector, idToken, reservationId } = session;
  return {
    action: 'StartTransaction',
    payload: () => ({ connectorId: connector, idTag: idToken, meterStart: wh, timestamp: at, reservationId }),
    answered({ transactionId }: Payload) {
      session.transactionId = transactionId;
    },
  };
}

function meterValues(session: Session, { at, wh }: Happening, context: string): TransactionMessage {
  return {
    action: 'MeterValues',
    payload: () => ({
      connectorId: session.connector,
      transactionId: session.transactionId ?? noTransaction,
      meterValue: [meterValue(context, wh, at)],
    }),
    answered: () => {},
  };
}

function stopTransaction(session: Session, { at, wh, reason }: Happening): TransactionMessage {
  return {
    action: 'StopTransaction',
    payload: () => ({
      ...(reason === 'Local' && { idTag: session.idToken }),
      meterStop: wh,
      timestamp: at,
      transactionId: session.transactionId ?? noTransaction,
      reason,
    }),
    answered: () => {},
  };
}
