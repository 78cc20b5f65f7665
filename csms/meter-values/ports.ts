/** A value of a meter in the words of OCPP 2.x, whichever version it came in; what its sender left out is filled in. */
export interface SampledValue {
  measurand: string;
  /** Why it was taken: clock-aligned (`Sample.Clock`), periodic (`Sample.Periodic`), at the begin of a transaction, … */
  context: string;
  location: string;
  phase?: string;
  /** In `unit`, prefix and multiplier resolved. Missing where the charge point sent something else than a number. */
  value?: number;
  /** `Wh`, `W`, `A`, `V`, …; missing where the version has no default and the charge point said none. */
  unit?: string;
  /** What was sent in place of a number, as it came. */
  text?: string;
  /** Kept byte for byte: whoever verifies it needs what was signed. 1.6 has the data alone. */
  signed?: { signedMeterData: string; signingMethod?: string; encodingMethod?: string; publicKey?: string };
}

/** What a meter showed at a time. */
export interface MeterValue {
  /** The charge point's time, ISO 8601 UTC. */
  at: string;
  sampledValues: SampledValue[];
}

/** The meter values of one message, and where they belong. */
export interface Readings {
  chargePointId: string;
  /** As the message said: 0 is the charge point's own meter. Missing where that of a transaction said nothing. */
  evseId?: number;
  /** Of the transaction that they were taken in, if any. */
  transactionId?: string;
  meterValues: MeterValue[];
  receivedAt: Date;
}

export interface MeterValues {
  /** Keeps them, at least one; the same ones once only, however often they are told. */
  add(readings: Readings): Promise<void>;
}
