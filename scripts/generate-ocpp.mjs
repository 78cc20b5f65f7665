// Makes validators and types from the official OCPP schemas, into schemas/generated/, which is not committed.
// Runs at `npm ci`; does nothing when what is there is up to date.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SCHEMAS = { 'ocpp1.6': 'ocpp1_6.json', 'ocpp2.0.1': 'ocpp2_0_1.json', 'ocpp2.1': 'ocpp2_1.json' };
const SOURCES = [
  'generate-ocpp.mjs',
  'generate-ocpp/read-schemas.mjs',
  'generate-ocpp/emit.mjs',
  'generate-ocpp/runtime.js',
];
const OUTPUT = fileURLToPath(new URL('../schemas/generated', import.meta.url));

/**
 * @param {string} [output] the directory to fill; what it held is removed
 * @returns {Promise<{ files: number, actions: Record<string, number> } | undefined>} nothing when it was up to date
 */
export async function generate(output = OUTPUT) {
  const ocppRpc = dirname(createRequire(import.meta.url).resolve('ocpp-rpc/package.json'));
  const stamp = createHash('sha256').update(readFileSync(join(ocppRpc, 'package.json')));
  for (const source of SOURCES) stamp.update(readFileSync(new URL(source, import.meta.url)));
  const wanted = stamp.digest('hex');
  const stampFile = join(output, '.stamp');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return undefined;

  const [{ readSchemas }, { emit }] = await Promise.all([
    import('./generate-ocpp/read-schemas.mjs'),
    import('./generate-ocpp/emit.mjs'),
  ]);
  /** @type {Record<string, number>} */
  const actions = {};
  const files = new Map([['runtime.js', readFileSync(new URL('generate-ocpp/runtime.js', import.meta.url), 'utf8')]]);
  for (const [version, file] of Object.entries(SCHEMAS)) {
    const read = readSchemas(join(ocppRpc, 'lib/schemas', file));
    actions[version] = read.actions.size;
    for (const [name, text] of emit(read)) files.set(join(version, name), text);
  }

  rmSync(output, { recursive: true, force: true });
  for (const version of Object.keys(SCHEMAS)) mkdirSync(join(output, version), { recursive: true });
  for (const [name, text] of files) writeFileSync(join(output, name), text);
  // Last, so that an interrupted run is not taken for a whole one.
  writeFileSync(stampFile, wanted);
  return { files: files.size, actions };
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const start = performance.now();
  const made = await generate();
  if (made) {
    const counts = Object.entries(made.actions).map(([version, count]) => `${version} ${count} actions`);
    console.log(
      `schemas/generated: ${counts.join(', ')}; ${made.files} files in ${Math.round(performance.now() - start)} ms`,
    );
  }
}
