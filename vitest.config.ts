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
        // They load what they test once: loading is most of their time.
        test: { name: 'rooms', include: [`{${rooms}}/**/*.test.ts`], isolate: false },
      },
      {
        extends: true,
        // Each has a process of its own, for its system and its environment.
        test: { name: 'systems', include: ['{probes,test}/**/*.test.ts'], sequence: { groupOrder: 1 } },
      },
    ],
  },
});
