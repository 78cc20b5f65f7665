import type { ConnectionRecord } from './ports.js';

/** What an operator reads of connections. */
export interface ConnectionRecords {
  /** Of those of several charge points that ever connected, by their names; may be behind. */
  ofAll(chargePointIds: string[]): Promise<Map<string, ConnectionRecord>>;
}
