import type { ChargePoint } from '../client/client.js';
import type { BootReason, ConnectorStatus, Hardware, Messages } from '../messages/messages.js';

/** One step of a scenario, as data. */
export type Step =
  /** BootNotification until it is accepted. */
  | { do: 'boot'; reason: BootReason }
  /** StatusNotification for each connector. */
  | { do: 'report'; status: ConnectorStatus }
  /** Heartbeats for ever, at the interval the boot was given. */
  | { do: 'heartbeats' };

/** What the steps of one run share. */
export interface Run {
  chargePoint: ChargePoint;
  messages: Messages;
  hardware: Hardware;
  /** Milliseconds; a boot sets it. */
  heartbeatInterval: number;
}

/** Plays one kind of step. */
export type Play<Kind extends Step['do']> = (step: Extract<Step, { do: Kind }>, run: Run) => Promise<void>;

/** The charge point's own choice, in milliseconds, where the CSMS gives no interval. */
export const ownInterval = 60_000;
