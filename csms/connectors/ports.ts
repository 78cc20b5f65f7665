/** A connector's state as its charge point reported it. */
export interface ConnectorState {
  chargePointId: string;
  /** 1.6 has no EVSEs: its connector n is EVSE n with the one connector 1, its connector 0 the charge point itself (0, 0). */
  evseId: number;
  connectorId: number;
  status: string;
  /** The charge point's own time of the report. */
  at: Date;
  /** When the report reached the system: of two with the same time, which may well be in whole seconds, the later one wins. */
  receivedAt: Date;
  /** 1.6 only. */
  errorCode?: string;
  info?: string;
  vendorId?: string;
  vendorErrorCode?: string;
}

/** Milliseconds: of two reports that were received further apart the later one is newer: the clock may have been set back. */
export const longAfter = 10 * 60_000;

export interface Connectors {
  /** Records a report unless a newer one was recorded. @returns whether it is the newest; so it still is when told again */
  report(state: ConnectorState): Promise<boolean>;
}
