import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openApiDocument } from '../api/openapi.js';
import { documentHash } from './csms/document-hash.js';

// npm run api-types: makes scripts/csms/api-types.ts of the OpenAPI document, from which the command line's client is.
// openapi-typescript needs a TypeScript older than this project's, so both are fetched when this runs.

const packages = ['openapi-typescript@7.13.0', 'typescript@5.9.3'];
const output = fileURLToPath(new URL('csms/api-types.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'api-types-'));
try {
  const [document, made] = [join(folder, 'openapi.json'), join(folder, 'types.ts')];
  writeFileSync(document, JSON.stringify(openApiDocument('0.0.0')));
  const args = ['--yes', ...packages.flatMap((name) => ['-p', name]), 'openapi-typescript', document, '-o', made];
  execFileSync('npx', args, { stdio: ['ignore', 'ignore', 'inherit'], cwd: folder });
  writeFileSync(output, `// The document's hash: ${documentHash()}\n${readFileSync(made, 'utf8')}`);
  execFileSync('npx', ['biome', 'check', '--write', output], { stdio: 'inherit' });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
