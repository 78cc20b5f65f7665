import type { Protocol } from '../ocpp/protocol.js';
import type { Validation } from '../ocpp/validate.js';

export type RegistrationStatus = 'Accepted' | 'Pending' | 'Rejected';

export interface Hardware {
  vendor: string;
  model: string;
  serialNumber?: string;
  firmwareVersion?: string;
}

/** Salt and SHA-256 of a password for HTTP Basic. */
export interface KeptPassword {
  salt: string;
  hash: string;
}

/** What the CSMS knows of a charge point: the registry's mirror, and what the charge point said of itself. */
export interface ChargePoint {
  chargePointId: string;
  /** Is there an IoT thing of this name? */
  registered: boolean;
  /** The namespace whose charge point it is, from the thing's attribute; empty when it has none. */
  namespace: string;
  /** Where it differs from the stage's. It is told at the next boot. */
  registrationStatus?: RegistrationStatus;
  /** Where it differs from the stage's. */
  validation?: Validation;
  /** Where an operator says that it stands. */
  site?: string;
  /** What it said of itself at its last boot. */
  hardware?: Hardware;
  /** The version that it booted with, and when, ISO 8601 UTC. */
  protocol?: Protocol;
  bootedAt?: string;
  password?: KeptPassword;
  /** The one that it took since: until it comes with that, it may come as it did before. */
  nextPassword?: KeptPassword;
  /** When its passwords were last changed, ISO 8601 UTC. */
  passwordAt?: string;
}

/** What the thing registry says of a thing at a time. */
export interface ThingState {
  chargePointId: string;
  registered: boolean;
  namespace: string;
  /** Milliseconds since 1970. */
  at: number;
}

export interface Boot {
  chargePointId: string;
  protocol: Protocol;
  hardware: Hardware;
  reason?: string;
  at: Date;
}

/** What a boot is answered. */
export interface Registered {
  status: RegistrationStatus;
  /** Is it another one than at the boot before? Also when the same boot is told again. */
  isNew: boolean;
}

export interface ChargePoints {
  find(chargePointId: string): Promise<ChargePoint | undefined>;
  /** Records what a registry event says, unless a newer one was recorded. @returns whether it is the newest; so it still is when told again */
  mirror(thing: ThingState): Promise<boolean>;
  /**
   * Records a boot and what it is answered, unless a newer one was recorded.
   *
   * @param ofStage the status of who has none of his own
   */
  booted(boot: Boot, ofStage: RegistrationStatus): Promise<Registered>;
  /**
   * What the charge point was answered at its last boot; what it would be, if it never booted. That it is Accepted may be
   * remembered for 15 minutes, anything else is strongly consistent.
   */
  registration(chargePointId: string, ofStage: RegistrationStatus): Promise<RegistrationStatus>;
  /** Keeps a password that a charge point took as its next one, unless its passwords were changed since `at`, ISO 8601 UTC. */
  tookPassword(chargePointId: string, password: KeptPassword, at: string): Promise<void>;
  /** The charge point came with its next password: that is its only one, unless its passwords were changed since it was read. */
  usedPassword(chargePoint: Pick<ChargePoint, 'chargePointId' | 'passwordAt'>): Promise<void>;
  /** Records that a charge point was heard: every 15 to 30 minutes, since nobody asks for more and each write costs. */
  seen(chargePointId: string, at: Date): Promise<void>;
}

/** The IoT thing registry. Its quotas are low: it is asked only about what the mirror does not know. */
export interface Registry {
  /** @returns the thing's namespace (empty when it has none), or undefined when there is no such thing */
  describe(chargePointId: string): Promise<{ namespace: string } | undefined>;
}

/** The things' classic shadows. */
export interface Shadows {
  /** Writes `state.reported`. @throws {ShadowRefused} when AWS will not have it */
  report(chargePointId: string, reported: unknown): Promise<void>;
}

export class ShadowRefused extends Error {}
