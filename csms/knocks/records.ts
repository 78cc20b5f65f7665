import type { Page, PageRequest } from '../page.js';
import type { KnockCode, Knocking } from './ports.js';

/** What an operator reads of refused handshakes. */
export interface KnockRecords {
  /** Those that were refused for this reason, who came last first. */
  list(code: KnockCode, page: PageRequest): Promise<Page<Knocking>>;
  /** Why this one was refused, for each reason there was. */
  of(chargePointId: string): Promise<Knocking[]>;
}
