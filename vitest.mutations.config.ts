import { defineConfig } from 'vitest/config';
import config from './vitest.config.js';

/** npm run mutations: each mutant of the template that no static check catches is deployed and tried. */
export default defineConfig({
  test: { ...config.test, include: ['test/**/*.mutations.ts'], maxConcurrency: 4, testTimeout: 60_000 },
});
