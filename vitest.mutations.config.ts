import { defineConfig } from 'vitest/config';
import config from './vitest.config.js';

/** npm run mutations: mutants of the template that no static check catches are deployed and tried. */
export default defineConfig({
  test: { ...config.test, include: ['test/**/*.mutations.ts'], maxConcurrency: 2, testTimeout: 120_000 },
});
