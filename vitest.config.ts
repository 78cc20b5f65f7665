import { defineConfig } from 'vitest/config';

/** What all tests have, however they are run. */
export const options = {
  globalSetup: 'test/global-setup.ts',
  // The SDK's, of Nodes that are older than Lambda's.
  env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  maxWorkers: 2,
  testTimeout: 20_000,
  hookTimeout: 60_000,
};

/** What they import reads the environment that they set: each has a process of its own. */
const alone = '{probes,test/contracts}/**/*.test.ts';

export default defineConfig({
  test: {
    ...options,
    projects: [
      { extends: true, test: { name: 'alone', include: [alone] } },
      {
        extends: true,
        // What they import is loaded once for all of them, which would be half of their time.
        test: {
          name: 'together',
          include: ['**/*.test.ts'],
          exclude: ['node_modules', '.serverless', '.esbuild', '.build', alone],
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
