/** npm run mutations:csms: each mutant of csms/ is tried on the tests that run through it. */
export default {
  mutate: ['csms/**/*.ts', '!csms/**/*.test.ts'],
  plugins: ['./test/mutants/runner.mjs'],
  testRunner: 'in-process',
  coverageAnalysis: 'perTest',
  concurrency: 1,
  thresholds: { high: 90, low: 80, break: 80 },
  reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
  clearTextReporter: { logTests: false, reportTests: false, reportMutants: false },
  htmlReporter: { fileName: '.build/mutants/report.html' },
  jsonReporter: { fileName: '.build/mutants/report.json' },
  tempDirName: '.build/mutants/sandbox',
  ignorePatterns: ['.build', '.esbuild', '.local', '.serverless'],
  // There is none of that name: Stryker would read it with an API that TypeScript 7 has not.
  tsconfigFile: 'tsconfig.none.json',
  warnings: { slow: false },
};
