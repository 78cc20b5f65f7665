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

const rooms = 'api,aws,charge-point,csms,functions,local,schemas,scripts,start';

export default defineConfig({
  test: {
    ...options,
    projects: [
      {
        extends: true,
        // What they import reads the environment that they set: each has a process of its own.
        test: { name: 'alone', include: ['{probes,test/contracts}/**/*.test.ts'] },
      },
      {
        extends: true,
        // What they import is loaded once for all of them, which would be half of their time.
        test: {
          name: 'together',
          include: [`{${rooms}}/**/*.test.ts`, 'test/*.test.ts', 'test/!(contracts)/**/*.test.ts'],
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
