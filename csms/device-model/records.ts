import type { Page, PageRequest } from '../page.js';
import type { Component } from './ports.js';

/** What an operator reads of the device model. */
export interface ComponentRecords {
  /** A charge point's components, those of one name if that is given, in the order of their paths. May be behind. */
  list(chargePointId: string, filter: { name?: string | undefined }, page: PageRequest): Promise<Page<Component>>;
}
