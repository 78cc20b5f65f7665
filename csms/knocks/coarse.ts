import type { Knock, Knocks } from './ports.js';

/** One is written at most in this time, of each charge point and reason. */
const resolution = 60_000;
/** So many are written in that time, of all of them: whoever tries identities out doesn't decide what that costs. */
export const mostAtOnce = 20;
/** AWS IoT has no longer name of a thing: whoever comes with one can't be let in. */
const longestId = 128;
/** What is kept of a header. */
const longestHeader = 200;

/** Keeps knocks, but not each: who knocks again and again is written once a minute, with how often it was. */
export function coarsely(knocks: Pick<Knocks, 'add'>): (knock: Knock) => Promise<void> {
  /** By charge point and reason; who was written longest ago is first. */
  const written = new Map<string, { at: number; unwritten: number }>();

  return async (knock) => {
    if (knock.chargePointId.length > longestId) return;
    const now = knock.at.getTime();
    const key = `${knock.code} ${knock.chargePointId}`;
    const last = written.get(key);
    if (last && now - last.at < resolution) {
      last.unwritten++;
      return;
    }
    written.delete(key);
    if (written.size >= mostAtOnce) forget(written, now);
    if (written.size >= mostAtOnce) return;
    written.set(key, { at: now, unwritten: 0 });
    const { subprotocols, userAgent } = knock;
    const headers = {
      subprotocols: subprotocols?.slice(0, longestHeader),
      userAgent: userAgent?.slice(0, longestHeader),
    };
    await knocks.add({ ...knock, ...headers }, 1 + (last?.unwritten ?? 0));
  };
}

/** Who was written a minute ago or more makes room for another. */
function forget(written: Map<string, { at: number }>, now: number): void {
  for (const [key, { at }] of written) {
    if (now - at < resolution) return;
    written.delete(key);
  }
}
