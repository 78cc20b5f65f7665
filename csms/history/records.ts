import type { Page, PageRequest, TimeRange } from '../page.js';
import type { EntryKind, HistoryRecord } from './ports.js';

/** What an operator reads of what was told. */
export interface HistoryRecords {
  /** Entries of some kinds, the newest first. A page may have less than its limit, though another follows. */
  list(
    chargePointId: string,
    kinds: readonly EntryKind[],
    range: TimeRange,
    page: PageRequest,
  ): Promise<Page<HistoryRecord>>;
}
