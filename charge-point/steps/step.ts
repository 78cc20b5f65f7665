import type { ChargePoint } from '../client/client.js';
import type { BootReason, Hardware, Messages, Session, StopReason } from '../messages/messages.js';
import type { SettingValues } from '../settings/values.js';
import type { ChargingProfile } from '../transactions/charging-profiles.js';
import type { Gate } from '../transactions/gate.js';
import type { Outbox } from '../transactions/outbox.js';
import type { Reservation } from '../transactions/reservations.js';

/** One step of a scenario, as data. */
export type Step =
  /** BootNotification until it is accepted. */
  | { do: 'boot'; reason: BootReason }
  /** StatusNotification for each connector that is no longer as it was. */
  | { do: 'report' }
  /** StatusNotification for the connector of the session, if it is no longer as it was. */
  | { do: 'report session' }
  /** Heartbeats for ever, at the interval the boot was given. */
  | { do: 'heartbeats' }
  /** A cable is plugged in. */
  | { do: 'plug' }
  /** A token is presented. The charge point asks the CSMS whether it may charge, unless it knows the token. */
  | { do: 'present'; isKnown?: true }
  /**
   * Energy flows, if there are cable and token, for so many seconds or until the session is ended; and the meter is told every
   * so many, or as the charge point is configured.
   */
  | { do: 'charge'; watts: number; seconds?: number; sampleEvery?: number }
  /** The session ends; `Local`: the token is presented again. */
  | { do: 'end'; reason: StopReason }
  /** The cable is pulled, which ends the session if nothing else did. */
  | { do: 'unplug' }
  /** The network is gone, until `go online`. */
  | { do: 'go offline' }
  | { do: 'go online' }
  /** Everything is dark for a while. */
  | { do: 'lose power'; seconds: number };

/** What the steps of one run share. */
export interface Run {
  chargePoint: ChargePoint;
  messages: Messages;
  hardware: Hardware;
  /** The driver's. */
  idToken: string;
  /** That sessions are on. */
  connector: number;
  outbox: Outbox;
  gate: Gate;
  settings: SettingValues;
  /** The latest. */
  session?: Session;
  /** The register in Wh, without what flows. */
  meter: number;
  /** What flows, since when and until when at most, in milliseconds since 1970. */
  flow: { watts: number; since: number; until: number };
  isOffline: boolean;
  /** By connector: the status that was told last. */
  reported: Map<number, string>;
  /** Connectors that are to serve nobody; 0: all of them. */
  outOfService: Set<number>;
  /** By reservation id. */
  reservations: Map<number, Reservation>;
  localList: { version: number; statuses: Map<string, string> };
  /** Tokens that the CSMS said may charge. */
  cache: Set<string>;
  chargingProfiles: ChargingProfile[];
  /** Aborted when the CSMS asks for the boot that it hasn't accepted. */
  bootAskedFor: AbortController;
}

/** Plays one kind of step. */
export type Play<Kind extends Step['do']> = (step: Extract<Step, { do: Kind }>, run: Run) => Promise<void>;

/** The charge point's own choice, in seconds, where the CSMS gives no interval. */
export const ownInterval = 60;
