import { readdirSync } from 'node:fs';
import { loader } from './load.mjs';

/**
 * @typedef {import('./collect.mjs').Test} Test
 * @typedef {{ testFilter?: string[], hitLimit?: number, activeMutant: { id: string }, mutantActivation: string }} Run
 */

const [succeeded, failed] = [0, 1];

/** Milliseconds. */
const slow = 100;

/**
 * A test runner for Stryker that runs the tests of csms/ in its own process. Stryker's runner for vitest starts a
 * worker and loads the files anew for every mutant: seconds each, and there are thousands.
 */
class InProcess {
  files = testFiles();
  /** How long each test took when it last ran, in milliseconds: the quickest go first. */
  durations = new Map();

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    this.load = await loader(this.files);
  }

  async dryRun() {
    const shared = share({});
    const tests = [];
    for (const test of (await this.load?.(this.files)) ?? []) {
      shared.currentTestId = test.id;
      tests.push(await this.run(test));
      shared.currentTestId = undefined;
    }
    return { status: 'complete', tests, mutantCoverage: shared.mutantCoverage };
  }

  /** @param {Run} run */
  async mutantRun({ testFilter, hitLimit, activeMutant: { id }, mutantActivation }) {
    const shared = share({ hitLimit, hitCount: 0 });
    if (mutantActivation === 'static') shared.activeMutant = id;
    try {
      const tests = (await this.load?.(filesOf(testFilter) ?? this.files)) ?? [];
      shared.activeMutant = id;
      const result = await this.untilOneFails(
        tests.filter((test) => testFilter?.includes(test.id) ?? this.isQuick(test)),
      );
      return shared.hitCount > (hitLimit ?? Number.POSITIVE_INFINITY) ? { status: 'timeout' } : result;
    } catch (error) {
      return { status: 'killed', killedBy: [], failureMessage: String(error), nrOfTests: 0 };
    }
  }

  /** What is active while files are loaded has every test to run through, and is not worth the slow ones. @param {Test} test */
  isQuick({ id }) {
    return (this.durations.get(id) ?? 0) < slow;
  }

  /** @param {Test[]} tests */
  async untilOneFails(tests) {
    tests.sort((a, b) => (this.durations.get(a.id) ?? 0) - (this.durations.get(b.id) ?? 0));
    for (const [index, test] of tests.entries()) {
      const { status, failureMessage } = await this.run(test);
      if (status === failed) return { status: 'killed', killedBy: [test.id], failureMessage, nrOfTests: index + 1 };
    }
    return { status: 'survived', nrOfTests: tests.length };
  }

  /** @param {Test} test */
  async run({ id, name, fileName, run }) {
    const start = performance.now();
    const failureMessage = await failureOf(run);
    const timeSpentMs = performance.now() - start;
    this.durations.set(id, timeSpentMs);
    return {
      id,
      name,
      fileName,
      timeSpentMs,
      status: failureMessage === undefined ? succeeded : failed,
      failureMessage,
    };
  }
}

/**
 * What the instrumented code shares with its runner: which mutant is active, and what is covered.
 * @param {Record<string, any>} shared
 */
function share(shared) {
  Object.assign(globalThis, { __stryker__: shared });
  return shared;
}

/** @param {() => unknown} run */
async function failureOf(run) {
  try {
    await run();
  } catch (error) {
    return String(error);
  }
}

/** @param {string[] | undefined} ids */
function filesOf(ids) {
  return ids && [...new Set(ids.map((id) => id.slice(0, id.indexOf(' '))))];
}

/** Those beside the code, and those of the conformance suite that take no long time. */
function testFiles() {
  const beside = readdirSync('csms', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts'));
  const conformance = ['directions', 'surprises', 'told-twice'];
  return [...beside.map((file) => `csms/${file}`), ...conformance.map((name) => `test/conformance/${name}.test.ts`)];
}

/** What Stryker looks for in a plugin. */
export const strykerPlugins = [{ kind: 'TestRunner', name: 'in-process', injectableClass: InProcess }];
