import { Script } from 'node:vm';
import { build } from 'esbuild';
import fc from 'fast-check';
import { collector } from './collect.mjs';

/** What holds no mutants is loaded once: packages, and what is made of OCPP's schemas. */
const withoutMutants = /^[^./]|\/(schemas\/generated|scripts)\//;

/**
 * Bundles test files with the code they try. What it returns evaluates the bundle afresh, in some milliseconds, so
 * that nothing is left of the mutant before, and gives the tests of the files that it is asked for.
 * @param {string[]} files relative to the working directory
 */
export async function loader(files) {
  const bundle = await build({
    stdin: { contents: `export const files = {${files.map(importOf).join()}};`, resolveDir: process.cwd() },
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    metafile: true,
    supported: { 'dynamic-import': false },
    plugins: [{ name: 'outside', setup: ({ onResolve }) => onResolve({ filter: withoutMutants }, outside) }],
  });
  const modules = new Map();
  const imports = Object.values(bundle.metafile.outputs).flatMap((output) => output.imports);
  for (const { path } of imports) modules.set(path, await import(path));
  const { vitest, testsOf } = collector();
  modules.set('vitest', vitest);
  modules.set('fast-check', { ...fc, assert: onFewExamples });

  const script = new Script(`(function (module, require) {${bundle.outputFiles[0]?.text}\n})`);
  /** @param {string[]} wanted */
  return async (wanted) => {
    const module = { exports: /** @type {any} */ ({}) };
    script.runInThisContext()(module, (/** @type {string} */ path) => modules.get(path));
    const tests = [];
    for (const file of wanted) tests.push(...(await testsOf(file, module.exports.files[file])));
    return tests;
  };
}

/** @param {string} file */
function importOf(file) {
  return `'${file}': () => import('./${file}')`;
}

/** @param {import('esbuild').OnResolveArgs} args */
function outside({ path, resolveDir }) {
  return { external: true, path: path.startsWith('.') ? new URL(path, `file://${resolveDir}/`).pathname : path };
}

/**
 * Twenty examples of each property, the same for every mutant, and no search for the smallest.
 * @param {fc.IRawProperty<unknown>} property
 */
function onFewExamples(property) {
  return fc.assert(property, { numRuns: 20, seed: 1, endOnFailure: true });
}
