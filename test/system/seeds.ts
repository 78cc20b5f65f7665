import { afterAll, beforeAll, describe } from 'vitest';
import { deliverAs } from './deliveries.js';
import { shareSystems } from './system.js';

/**
 * The tests of the system, once for each of the environment's SEEDS; `npm run chaos` runs this. Not here are
 * - operations.test.ts: what is told twice is billed twice;
 * - permissions.test.ts: nothing needs the permissions of a `$disconnect` that never comes;
 * - npm-start.test.ts and restart.test.ts: they start processes, which have deliveries of their own.
 */
const files = ['clients', 'connections', 'frames', 'heartbeat-rule', 'namespaces', 'quotas', 'reference-system'];

afterAll(shareSystems());
for (const seed of (process.env.SEEDS ?? '1').split(',')) {
  describe(`chaos:${seed}`, () => {
    beforeAll(() => deliverAs(`chaos:${seed}`));
    for (const file of files) {
      describe(file, async () => {
        // By a name of its own for each seed, so that its tests are defined anew.
        await import(/* @vite-ignore */ `./${file}.test.ts?${seed}`);
      });
    }
  });
}
