import type { Page, PageRequest, TimeRange } from '../page.js';
import type { Transaction } from './ports.js';

export type TransactionKey = Pick<Transaction, 'chargePointId' | 'transactionId'>;

/** What an operator reads of transactions. All lists may be behind. */
export interface TransactionRecords {
  /** Those of a charge point that began in a time, the newest first. */
  of(chargePointId: string, range: TimeRange, page: PageRequest): Promise<Page<Transaction>>;
  /** Those that began at a site in a time, the newest first. */
  atSite(site: string, range: TimeRange, page: PageRequest): Promise<Page<Transaction>>;
  /** Which of all charge points began in a month (`2026-05`) and time, the newest first. */
  inMonth(month: string, range: TimeRange, page: PageRequest): Promise<Page<TransactionKey>>;
  /** They themselves, in their order. */
  read(keys: TransactionKey[]): Promise<Transaction[]>;
  /** Those that are open, of all charge points. */
  open(page: PageRequest): Promise<Page<Transaction>>;
}
