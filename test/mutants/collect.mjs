import { expect } from 'vitest';

/**
 * @typedef {{ id: string, name: string, fileName: string, run: () => unknown }} Test
 * @typedef {(name: string, ...rest: any[]) => void} Declare
 */

/**
 * The part of vitest that the tests of csms/ use, without its workers: describe, it, their each, and expect.
 * A test's id is its file and its place in it.
 */
export function collector() {
  /** @type {Test[]} */
  let tests = [];
  let fileName = '';
  /** @type {string[]} */
  let around = [];

  /** @type {Declare} */
  function describe(name, body) {
    around.push(name);
    body();
    around.pop();
  }

  /** @type {Declare} */
  function it(name, ...rest) {
    const run = rest.find((one) => typeof one === 'function');
    tests.push({ id: `${fileName} ${tests.length}`, name: [...around, name].join(' '), fileName, run });
  }

  return {
    vitest: { describe: withEach(describe), it: withEach(it), expect },

    /**
     * What a file declares while it is loaded.
     * @param {string} file
     * @param {() => Promise<unknown>} load
     */
    async testsOf(file, load) {
      [tests, fileName, around] = [[], file, []];
      await load();
      return tests;
    },
  };
}

/** @param {Declare} declare */
function withEach(declare) {
  /** @type {(rows: readonly unknown[]) => Declare} */
  const each =
    (rows) =>
    (name, ...rest) => {
      for (const row of rows) {
        const values = Array.isArray(row) ? row : [row];
        declare(name, ...rest.map((one) => (typeof one === 'function' ? () => one(...values) : one)));
      }
    };
  return Object.assign(declare, { each });
}
