import type { Messages } from './messages.js';

/** OCPP 1.6. It has no boot reason. */
export const ocpp16: Messages = {
  firstConnector: 0,
  bootNotification: ({ vendor, model, serial, version }) => ({
    chargePointVendor: vendor,
    chargePointModel: model,
    chargePointSerialNumber: serial,
    firmwareVersion: version,
  }),
  statusNotification: (connector, status, at) => ({
    connectorId: connector,
    errorCode: status === 'Faulted' ? 'OtherError' : 'NoError',
    status,
    timestamp: at,
  }),
  heartbeat: () => ({}),
};
