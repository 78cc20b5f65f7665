import fc from 'fast-check';
import { expect, it } from 'vitest';
import { badRequest } from '../test/bad-requests.js';
import { apiInMemory, furnish } from '../test/memory/api.js';

/** Who asked when, under which key, and to listen to what, is noted though nothing else changes. */
const noted = ['audit', 'idempotency', 'apiTokens', 'clock', 'live'];

/** All that is stored. */
function stored(ports: object): string {
  const shown = (_: string, value: unknown) => (value instanceof Map ? [...value] : value);
  const stores = Object.entries(ports).filter(([name, port]) => !noted.includes(name) && typeof port === 'object');
  return JSON.stringify(stores, shown);
}

it('of thousands of bad requests none is a fault of ours, and each refusal explains itself', {
  timeout: 120_000,
}, async () => {
  const fresh = async () => {
    const world = await apiInMemory();
    await furnish(world);
    return world;
  };
  let world = await fresh();
  let before = stored(world.ports);
  await fc.assert(
    fc.asyncProperty(badRequest, async ({ asked, ...rest }) => {
      const { status, body: told } = await world.ask(asked, rest);
      expect(world.errors).toEqual([]);
      expect(status).toBeLessThan(500);
      if (status >= 400 && !asked.startsWith('HEAD')) {
        expect(told).toMatchObject({ status, code: expect.any(String), detail: expect.stringMatching(/\S.*\.$/s) });
      }
      // What is refused changes nothing.
      if (status >= 400) expect(stored(world.ports)).toBe(before);
      // Most requests are refused; the next one finds all as it was.
      else if (!/^(GET|HEAD)/.test(asked)) {
        world = await fresh();
        before = stored(world.ports);
      }
    }),
    { numRuns: Number(process.env.RUNS ?? 2_000) },
  );
});
