// What validation costs, as it is deployed, over the requests of all actions of all versions: npm run bench:ocpp
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { sample } from './generate-ocpp/samples.mjs';

const VERSIONS = ['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'];
const [bundle, version, action, payload] = process.argv.slice(2);
if (bundle === undefined) await benchAll();
else await benchFirst(pathToFileURL(bundle).href, version, action, JSON.parse(payload ?? ''));

/** In a process of its own: only the first message of a process is a cold one. Prints it in milliseconds. */
async function benchFirst(/** @type {unknown[]} */ ...[bundle, version, action, payload]) {
  const { validateRequest } = await import(String(bundle));
  const start = performance.now();
  await validateRequest(version, action, payload);
  process.stdout.write(String(performance.now() - start));
}

async function benchAll() {
  const directory = mkdtempSync(join(tmpdir(), 'bench-ocpp-'));
  try {
    const bundle = await bundled(directory);
    const { validateRequest } = await import(pathToFileURL(bundle).href);
    /** @type {Cost[]} */
    const first = [];
    /** @type {Cost[]} */
    const next = [];
    /** @type {Cost[]} */
    const full = [];
    for (const version of VERSIONS) {
      const { messages } = await import(`../schemas/generated/${version}/messages.js`);
      for (const action of Object.keys(messages)) {
        const { schema } = messages[action]().request;
        const what = `${version} ${action}`;
        const usual = sample(schema, false);
        const everything = sample(schema, true);
        const run = [fileURLToPath(import.meta.url), bundle, version, action, JSON.stringify(everything)];
        first.push({ what, cost: await best(() => Number(execFileSync(process.execPath, run, { encoding: 'utf8' }))) });
        next.push({ what, cost: await best(() => micros(() => validateRequest(version, action, usual))) });
        full.push({ what, cost: await best(() => micros(() => validateRequest(version, action, everything))) });
      }
    }
    print('first message of a process, every member', 'ms', first);
    print('the following, required members', 'µs', next);
    print('the following, every member', 'µs', full);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/**
 * As a function's code is bundled.
 *
 * @param {string} directory
 */
async function bundled(directory) {
  const { build } = await import('esbuild');
  const outfile = join(directory, 'validate.mjs');
  const entry = fileURLToPath(new URL('../csms/ocpp/validate.ts', import.meta.url));
  await build({ entryPoints: [entry], outfile, bundle: true, minify: true, platform: 'node', format: 'esm' });
  return outfile;
}

/** @typedef {{ what: string, cost: number }} Cost */

/**
 * Of three: what else the machine does is no cost of ours.
 *
 * @param {() => number | Promise<number>} measure
 */
async function best(measure) {
  return Math.min(await measure(), await measure(), await measure());
}

/** @param {() => Promise<unknown>} run */
async function micros(run) {
  const times = 5_000;
  for (let i = 0; i < times; i++) await run();
  const start = performance.now();
  for (let i = 0; i < times; i++) await run();
  return ((performance.now() - start) / times) * 1000;
}

/** @type {(title: string, unit: string, costs: Cost[]) => void} */
function print(title, unit, costs) {
  costs.sort((a, b) => a.cost - b.cost);
  const median = costs[Math.floor(costs.length / 2)];
  const worst = costs.at(-1);
  console.log(
    `${title} (${costs.length} actions): median ${median?.cost.toFixed(2)} ${unit}, ` +
      `worst ${worst?.cost.toFixed(2)} ${unit} (${worst?.what})`,
  );
}
