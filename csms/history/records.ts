import type { Page, PageRequest, TimeRange } from '../page.js';
import type { EntryKind, HistoryRecord } from './ports.js';

/** What an operator reads of what was told. */
export interface HistoryRecords {
  /** Entries of one kind, the newest first. */
  list(chargePointId: string, kind: EntryKind, range: TimeRange, page: PageRequest): Promise<Page<HistoryRecord>>;
}
