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
  transaction(session, happening) {
    const isBegun = session.told > 0;
    if (happening.what === 'sampled') return meterValues(session, happening);
    if (happening.what === 'ended') return isBegun ? stopTransaction(session, happening) : undefined;
    return session.isPlugged && session.idToken ? startTransaction(session, happening) : undefined;
  },
};

function startTransaction(session: Session, { at, wh }: Happening): TransactionMessage {
  const { connector, idToken } = session;
  return {
    action: 'StartTransaction',
    payload: () => ({ connectorId: connector, idTag: idToken, meterStart: wh, timestamp: at }),
    answered({ transactionId }: Payload) {
      session.transactionId = transactionId;
    },
  };
}

function meterValues(session: Session, { at, wh }: Happening): TransactionMessage {
  const sampledValue = [{ value: String(wh), context: 'Sample.Periodic', unit: 'Wh' }];
  return {
    action: 'MeterValues',
    payload: () => ({
      connectorId: session.connector,
      transactionId: session.transactionId ?? noTransaction,
      meterValue: [{ timestamp: at, sampledValue }],
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
