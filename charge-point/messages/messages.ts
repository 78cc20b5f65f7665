import type { Payload } from '../client/frames.js';
import type { Protocol } from '../protocols.js';
import { ocpp16 } from './ocpp1.6.js';
import { ocpp2 } from './ocpp2.js';

/** What a charge point says about itself when it boots. */
export interface Hardware {
  serial: string;
  model: string;
  /** Of the firmware. */
  version: string;
  vendor: string;
  /** How many connectors there are; 2.x: EVSEs with one connector each. */
  connectors: number;
}

export type BootReason = 'PowerUp' | 'LocalReset' | 'RemoteReset' | 'Watchdog';

/** The states of a connector without a cable, which all versions spell alike. */
export type ConnectorStatus = 'Available' | 'Reserved' | 'Unavailable' | 'Faulted';

/** How one version of OCPP spells what all of them say. */
export interface Messages {
  /** 1.6 reports the charge point itself as connector 0. */
  firstConnector: 0 | 1;
  bootNotification(hardware: Hardware, reason: BootReason): Payload;
  /** `at` in ISO 8601 UTC. */
  statusNotification(connector: number, status: ConnectorStatus, at: string): Payload;
  heartbeat(): Payload;
}

export const messages: Record<Protocol, Messages> = {
  'ocpp1.6': ocpp16,
  'ocpp2.0.1': ocpp2,
  'ocpp2.1': ocpp2,
};
