import type { Protocol } from './ocpp/protocol.js';

/** Which connection a frame came from, in which version, and when it reached the system: travels with the frame. */
export interface FrameOrigin {
  connectionId: string;
  protocol: Protocol;
  receivedAt: Date;
  /** It answers a CALL that somebody else may answer too. */
  isContested?: true;
  /** It is in place of this kept frame: nothing answers it. */
  repairs?: string;
}

export interface FrameTopics {
  /** Publishes what a charge point sent on `{id}/in`. */
  in(chargePointId: string, text: string, origin: FrameOrigin): Promise<void>;
  /** Publishes what a charge point is to be sent on `{id}/out`. */
  out(chargePointId: string, text: string, origin: FrameOrigin): Promise<void>;
}

/** Publishes CALLs on `{id}/out`, as whoever wants something of a charge point does. */
export interface Calls {
  ask(chargePointId: string, frame: string): Promise<void>;
}
