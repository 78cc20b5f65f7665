import { fileURLToPath } from 'node:url';
import type { Reporter, TestSuite } from 'vitest/node';
import { startVitest } from 'vitest/node';
import { options } from '../vitest.config.js';

/** `npm run chaos -- [seeds]`: the tests of the system under these seeds, or under 1 to 20. */
const given = process.argv.slice(2);
const seeds = given.length > 0 ? given : Array.from({ length: 20 }, (_, n) => String(n + 1));

/** They wait more than they work. */
const processes = Math.min(seeds.length, 5);

/** A line for each seed, when it is done. */
const bySeed: Reporter = {
  onTestSuiteResult({ name, parent, children }: TestSuite) {
    if (parent.type !== 'module') return;
    const tests = [...children.allTests()];
    const failed = tests.filter((test) => test.result().state === 'failed');
    const took = tests.reduce((sum, test) => sum + (test.diagnostic()?.duration ?? 0), 0);
    console.log(`${name}  ${tests.length - failed.length} of ${tests.length} passed, ${(took / 1000).toFixed(0)} s`);
  },
};

await startVitest('test', [], {
  config: false,
  root: fileURLToPath(new URL('..', import.meta.url)),
  watch: false,
  maxWorkers: processes,
  reporters: [bySeed, 'minimal'],
  projects: Array.from({ length: processes }, (_, n) => ({
    test: {
      ...options,
      maxWorkers: processes,
      testTimeout: 60_000,
      name: `process ${n + 1}`,
      include: ['test/system/seeds.ts'],
      env: { SEEDS: seeds.filter((_, index) => index % processes === n).join() },
    },
  })),
});
