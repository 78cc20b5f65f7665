import type { Protocol } from '../ocpp/protocol.js';
import type { Validation } from '../ocpp/validate.js';
import type { Page, PageRequest } from '../page.js';
import type { Hardware, KeptPassword, RegistrationStatus } from './ports.js';

/** What an operator says of a charge point; null takes it away. */
export interface ChargePointSettings {
  displayName?: string | null | undefined;
  /** Where it stands. */
  site?: string | null | undefined;
  labels?: string[] | null | undefined;
  /** Where it differs from the stage's. */
  registrationStatus?: RegistrationStatus | null | undefined;
  /** Where it differs from the stage's. */
  validation?: Validation | null | undefined;
}

/** All that is on record of a charge point. Times are ISO 8601 UTC. */
export interface ChargePointRecord {
  chargePointId: string;
  registered: boolean;
  namespace: string;
  displayName?: string;
  site?: string;
  labels?: string[];
  registrationStatus?: RegistrationStatus;
  validation?: Validation;
  /** Has it a password for HTTP Basic? */
  hasPassword: boolean;
  protocol?: Protocol;
  hardware?: Hardware;
  bootedAt?: string;
  bootReason?: string;
  /** What its last boot was answered. */
  bootStatus?: RegistrationStatus;
  /** When it was last heard, to the quarter of an hour. */
  seenAt?: string;
  /** Counts the changes of an operator. */
  revision: number;
}

/** Which charge points: of one filter at a time there is an index. */
export type ChargePointFilter = { namespace: string } & ({ site?: string | undefined } | { label: string });

/** What an operator reads and writes of charge points. */
export interface ChargePointRecords {
  /** Strongly consistent. */
  read(chargePointId: string): Promise<ChargePointRecord | undefined>;
  /** Those that are registered in a namespace, all, at one site or with one label, by name. May be behind. */
  list(filter: ChargePointFilter, page: PageRequest): Promise<Page<ChargePointRecord>>;
  /** @throws {ChangedMeanwhile} when its revision is another than expected */
  change(chargePointId: string, settings: ChargePointSettings, expected?: number): Promise<ChargePointRecord>;
  /** Gives it a password, or takes it away; those that it had before are of no use any more. @throws {ChangedMeanwhile} */
  setPassword(
    chargePointId: string,
    password: KeptPassword | undefined,
    at: Date,
    expected?: number,
  ): Promise<ChargePointRecord>;
}

/** The IoT thing registry, for whoever registers charge points. */
export interface Things {
  /** @returns the namespace of the thing that has the name now */
  create(chargePointId: string, namespace: string): Promise<{ isNew: boolean; namespace: string }>;
  /** One that is not there is no error. */
  delete(chargePointId: string): Promise<void>;
}

/** For `change`: takes away all that an operator said. */
export const noSettings: ChargePointSettings = {
  displayName: null,
  site: null,
  labels: null,
  registrationStatus: null,
  validation: null,
};
