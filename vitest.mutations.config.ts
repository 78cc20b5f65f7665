import { defineConfig } from 'vitest/config';
import { options } from './vitest.config.js';

/** npm run mutations: mutants of the template that no static check catches are deployed and tried. */
export default defineConfig({
  test: { ...options, include: ['test/**/*.mutations.ts'], maxConcurrency: 2, testTimeout: 120_000 },
});
