import type { Page, PageRequest } from '../page.js';
import type { Command } from './ports.js';

/** What an operator reads of commands. */
export interface CommandRecords {
  /** Those of a charge point, by id, the last first; or those in its queue, in their order. */
  list(chargePointId: string, filter: { isQueued: boolean }, page: PageRequest): Promise<Page<Command>>;
}
