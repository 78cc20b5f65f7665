import type { Messages } from './messages.js';

/** OCPP 2.0.1 and 2.1: alike in these messages. */
export const ocpp2: Messages = {
  firstConnector: 1,
  bootNotification: ({ vendor, model, serial, version }, reason) => ({
    reason,
    chargingStation: { serialNumber: serial, model, vendorName: vendor, firmwareVersion: version },
  }),
  statusNotification: (connector, status, at) => ({
    timestamp: at,
    connectorStatus: status,
    evseId: connector,
    connectorId: 1,
  }),
  heartbeat: () => ({}),
};
