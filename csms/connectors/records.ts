import type { ConnectorState } from './ports.js';

/** What an operator reads of connectors. */
export interface ConnectorRecords {
  /** All of a charge point. */
  list(chargePointId: string): Promise<ConnectorState[]>;
}
