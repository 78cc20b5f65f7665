import * as z from 'zod/mini';
import type { Page, TimeRange } from '../csms/page.js';
import type { Reply } from './operation.js';

/** The parameters of each list. */
export const paging = {
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 50),
  cursor: z.optional(z.string().check(z.minLength(1), z.maxLength(2_000))),
};

/** The parameters of each list by time. */
export const timeRange = { from: z.optional(z.iso.datetime()), to: z.optional(z.iso.datetime()) };

/** The times as they are kept, to the millisecond: as texts they are in their order only where all are spelled alike. */
export function rangeOf({ from, to }: TimeRange): TimeRange {
  const spelled = (time: string | undefined) => time && new Date(time).toISOString();
  return { from: spelled(from), to: spelled(to) };
}

/** What each list answers. */
export const pageOf = (item: z.ZodMiniType) =>
  z.object({
    items: z.array(item),
    /** Given back as `cursor` it leads to the next page; missing on the last. */
    next: z.optional(z.string()),
  });

export function pageReply<T>({ items, cursor }: Page<T>, show: (item: T) => unknown): Reply {
  return { status: 200, body: { items: items.map(show), ...(cursor && { next: cursor }) } };
}
