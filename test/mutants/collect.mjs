import { expect } from 'vitest';

/**
 * @typedef {{ id: string, name: string, fileName: string, run: () => unknown }} Test
 * @typedef {(name: string, ...rest: any[]) => void} Declare
 */

/**
 * The part of vitest that the tests of csms/ use, without its workers: describe, it, their each, beforeEach, and expect.
 * A test's id is its file and its place in it.
 */
export function collector() {
  /** @type {Test[]} */
  let tests = [];
  let fileName = '';
  /**
   * The groups around what is declared, the innermost last, and what comes before each test in them.
   * @type {{ name: string, before: (() => unknown)[] }[]}
   */
  let around = [];

  /** @type {Declare} */
  function describe(name, body) {
    around = [...around, { name, before: [] }];
    body();
    around = around.slice(0, -1);
  }

  /** @type {Declare} */
  function it(name, ...rest) {
    const test = rest.find((one) => typeof one === 'function');
    const groups = around;
    const run = async () => {
      for (const before of groups.flatMap((group) => group.before)) await before();
      return test();
    };
    const names = [...groups.map((group) => group.name), name].filter(Boolean);
    tests.push({ id: `${fileName} ${tests.length}`, name: names.join(' '), fileName, run });
  }

  /** @param {() => unknown} before */
  function beforeEach(before) {
    around.at(-1)?.before.push(before);
  }

  return {
    vitest: { describe: withEach(describe), it: withEach(it), beforeEach, expect },

    /**
     * What a file declares while it is loaded.
     * @param {string} file
     * @param {() => Promise<unknown>} load
     */
    async testsOf(file, load) {
      [tests, fileName, around] = [[], file, [{ name: '', before: [] }]];
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
