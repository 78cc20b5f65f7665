import { within } from './expect.js';
import type { Inbox } from './stage.js';

/** An inbox, and what puts something into it. */
export function openInbox<T>(): Inbox<T> & { put(item: T): void } {
  const all: T[] = [];
  const waiting = new Set<(item: T) => void>();
  return {
    all,
    put(item) {
      all.push(item);
      for (const look of waiting) look(item);
    },
    async first(what, where) {
      const found = all.find(where);
      if (found) return found;
      let look = (_: T) => {};
      const expected = new Promise<T>((resolve) => {
        look = (item) => where(item) && resolve(item);
        waiting.add(look);
      });
      try {
        return await within(what, expected);
      } finally {
        waiting.delete(look);
      }
    },
  };
}
