import type { Page, PageRequest } from '../page.js';
import type { InventoryItem, ItemKind } from './ports.js';

/** What an operator reads of what charge points have. */
export interface InventoryRecords {
  /** All of a kind, in the order of their keys. May be behind. */
  list(chargePointId: string, kind: ItemKind, page: PageRequest): Promise<Page<InventoryItem>>;
}
