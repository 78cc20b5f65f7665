import { BadCursor, type Page, type PageRequest } from '../../csms/page.js';

/** A page of a whole list, whose cursor is the number of items before the next. */
export function pageOf<T>(all: readonly T[], { limit, cursor }: PageRequest): Page<T> {
  const begin = cursor === undefined ? 0 : Number(/^m(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1]);
  if (!(begin >= 0 && begin <= all.length)) throw new BadCursor();
  const end = begin + limit;
  const next = Buffer.from(`m${end}`).toString('base64url');
  return { items: all.slice(begin, end), ...(end < all.length && { cursor: next }) };
}

/** For sorting by a text. */
export const by =
  <T>(text: (item: T) => string) =>
  (a: T, b: T) =>
    text(a) < text(b) ? -1 : 1;

export const isIn = (time: string, { from = '', to = '~' }: { from?: string | undefined; to?: string | undefined }) =>
  time >= from && time <= `${to}~`;
