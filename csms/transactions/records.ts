import type { Page, PageRequest, TimeRange } from '../page.js';
import type { Transaction } from './ports.js';

/** What an operator reads of transactions. All lists may be behind. */
export interface TransactionRecords {
  /** Those of a charge point that began in a time, the newest first. */
  of(chargePointId: string, range: TimeRange, page: PageRequest): Promise<Page<Transaction>>;
  /** Those of all charge points that began in a month (`2026-05`) and time, the newest first. */
  inMonth(month: string, range: TimeRange, page: PageRequest): Promise<Page<Transaction>>;
  /** Those that are open, of all charge points. */
  open(page: PageRequest): Promise<Page<Transaction>>;
}
