import type { RefusalCode } from '../../schemas/refusals.js';

/** What is kept of handshakes: those that were refused, and those without a common subprotocol. */
export const knockCodes = [
  'not-registered',
  'other-namespace',
  'no-password',
  'wrong-password',
  'no-common-subprotocol',
] as const satisfies RefusalCode[];
export type KnockCode = (typeof knockCodes)[number];

/** A handshake that was refused. */
export interface Knock {
  /** Who it said it was. */
  chargePointId: string;
  code: KnockCode;
  at: Date;
  /** Where it came from, as the edge saw it. */
  address?: string | undefined;
  /** `Sec-WebSocket-Protocol` as offered. */
  subprotocols?: string | undefined;
  userAgent?: string | undefined;
  /** Did it bring Basic credentials? */
  hasCredentials: boolean;
}

/** Knocks of one charge point that were refused for one reason: what is known of the last, and how many there were. */
export interface Knocking extends Knock {
  firstAt: Date;
  /** At least: not each is written. */
  times: number;
}

export interface Knocks {
  /** Adds so many knocks, of which this was the last. */
  add(knock: Knock, times: number): Promise<void>;
  /** Forgets that a charge point was unknown, and to another stage: it belongs to this one now. Of who never knocked that is no error. */
  admitted(chargePointId: string): Promise<void>;
}
