import type { Page, PageRequest } from '../page.js';
import type { MeterValue } from './ports.js';

/** What an operator reads of meter values. */
export interface MeterValueRecords {
  /** Those of a transaction, in their order. A page has as many messages as its limit says. */
  ofTransaction(chargePointId: string, transactionId: string, page: PageRequest): Promise<Page<MeterValue>>;
}
