import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe } from 'vitest';
import { deliverAs } from './deliveries.js';
import { share } from './system.js';

/** Tests that can't hold when things are told twice, late or never. */
const exceptions: Record<string, string> = {
  operations: 'what is told twice is billed twice',
  'api-costs': 'the same',
  time: 'it asks for the second in which something happens, and how often',
  'npm-start': 'it starts processes, which have deliveries of their own',
  newcomer: 'it starts processes, too',
  restart: 'the same',
  'every-command': 'each has one answer, told once; npm run interleavings has commands fail in all ways',
  'commands-at-once': 'it takes as long as all others, and has a seed of its own: SEED',
  sweep: 'a day has 1,440 sweeps, too many for each seed; npm run interleavings has them fail in all ways',
};

const files = readdirSync(import.meta.dirname)
  .flatMap((name) => /^(.+)\.test\.ts$/.exec(name)?.[1] ?? [])
  .filter((file) => !exceptions[file]);

/** All others, once for each of the environment's SEEDS: `npm run chaos` runs this. */
afterAll(share());
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
