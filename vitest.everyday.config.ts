import { defineConfig } from 'vitest/config';
import config from './vitest.config.js';

/** npm run everyday: all but what takes longest, and fails only after what is tried here has. */
export default defineConfig({
  test: {
    ...config.test,
    exclude: [
      'local/stack.test.ts',
      'scripts/generate-ocpp/against-ajv.test.ts',
      'scripts/verify.test.ts',
      'test/conformance/{codes,never-throws,told-twice}.test.ts',
      'test/simulate/planted.test.ts',
      'test/system/{chaos,command-line,commands-at-once,every-action,every-command,messages,namespaces,newcomer,npm-start}.test.ts',
      'test/system/{quotas,remote-starts,resets,restart,sessions-at-once,sessions-simulated,sweep,tasks,time}.test.ts',
      'test/template/{mutants/mutants,smoke/smoke}.test.ts',
    ],
  },
});
