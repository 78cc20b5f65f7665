import type { Page, PageRequest } from '../page.js';
import type { Holder, IdToken } from './ports.js';

export interface IdTokenRecord extends IdToken {
  /** The transaction that it is in, of those that may be in one only. */
  heldBy?: Holder;
  /** Counts the changes of an operator. */
  revision: number;
}

/** What an operator reads and writes of id tokens. All texts are normalised. */
export interface IdTokenRecords {
  /** Strongly consistent. */
  read(idToken: string): Promise<IdTokenRecord | undefined>;
  /** All of them, or those of a group, by their text. May be behind. */
  list(filter: { groupId?: string | undefined }, page: PageRequest): Promise<Page<IdTokenRecord>>;
  /**
   * Puts a token there, in place of what was said of it before.
   *
   * @param expected the revision that it has; 0 when there is to be none
   * @throws {ChangedMeanwhile} when it has another
   */
  put(token: IdToken, expected?: number): Promise<IdTokenRecord>;
  /** One that is not there is no error. @throws {ChangedMeanwhile} when it has another revision than expected */
  remove(idToken: string, expected?: number): Promise<void>;
}
