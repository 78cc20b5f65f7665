import type { Clock } from '../clock.js';
import type { EntryKind, History } from './ports.js';

/** What says the same is kept once in this time. */
const resolution = 60 * 60_000;
/** So many are remembered at most. */
const mostRemembered = 1_000;

type Detail = Record<string, unknown>;

/** What may come with every message of a charge point, or of whoever publishes: what makes two of a kind the same. */
const sameness: Partial<Record<EntryKind, (detail: Detail) => unknown>> = {
  'protocol-deviation': ({ action, deviations, refused }) => [
    ...[action, refused],
    (deviations as { path: string; what: string }[]).map(({ path, what }) => [path, what]),
  ],
  'frame-refused': ({ code, action }) => [code, action],
  'not-delivered': ({ code, action }) => [code, action],
};

/**
 * Keeps entries; of what a charge point does wrong in every message, the same once an hour. Each environment has its own
 * memory, so it may be as often as there are environments.
 */
export function coarsely(history: History, clock: Clock): History {
  /** When it was kept; what was kept longest ago is first. */
  const kept = new Map<string, number>();

  return {
    async add(entry) {
      const same = sameness[entry.kind];
      if (!same) return history.add(entry);
      const key = JSON.stringify([entry.chargePointId, entry.kind, same(entry.detail as Detail)]);
      const now = clock.now().getTime();
      if (now - (kept.get(key) ?? Number.NEGATIVE_INFINITY) < resolution) return;
      await history.add(entry);
      kept.delete(key);
      kept.set(key, now);
      const [oldest] = kept.keys();
      if (kept.size > mostRemembered && oldest !== undefined) kept.delete(oldest);
    },
  };
}
